import { notAMedicalDevice, type Text } from "@etalon/base";
import type { ReportInput } from "../report-input.ts";
import type { Device } from "./fhir-types.ts";
import { narrative } from "./narrative.ts";
import { resourceIdentity } from "./resource-identity.ts";
import { shownText } from "./shown-text.ts";

const words = {
  type: { en: "Image measurement software", fr: "Logiciel de mesure sur images" },
  software: { en: "software", fr: "logiciel" },
  engine: { en: "JavaScript engine", fr: "moteur JavaScript" },
  protocol: { en: "protocol", fr: "protocole" },
} as const satisfies Readonly<Record<string, Text>>;

/** The software that measured: its version, the engine's, the protocol's. */
export function deviceResource({ result, language }: ReportInput): Device {
  const { build, protocol } = result;
  const { id, identifier } = resourceIdentity("Device", { build: { ...build }, protocol: { ...protocol } });
  const warning = shownText(notAMedicalDevice, language);
  return {
    resourceType: "Device",
    id,
    language,
    text: narrative([`Etalon ${build.etalon}, ${protocol.id} ${protocol.version}`, warning], language),
    identifier: [identifier],
    deviceName: [{ name: "Etalon", type: "user-friendly-name" }],
    type: { text: words.type[language] },
    version: [
      { type: { text: words.software[language] }, value: build.etalon },
      { type: { text: words.engine[language] }, value: build.engine },
      { type: { text: `${words.protocol[language]} ${protocol.id}` }, value: protocol.version },
    ],
    note: [{ text: warning }],
  };
}
