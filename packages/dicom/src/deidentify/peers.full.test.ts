import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython, describeWithPeer, describeWithSharedData, hasProgram, hasPythonModule } from "@etalon/testing";
import { afterAll, describe, expect, test } from "vitest";
import { bytesSource } from "../byte-source.ts";
import { createCodecSet } from "../codecs/codec-set.ts";
import type { Element } from "../data-set.ts";
import { dataSetOf, type KeywordRecord } from "../data-set-of.ts";
import { dictionaryVr } from "../dictionary.ts";
import { writePart10 } from "../write-part10.ts";
import { confidentialityTable } from "./confidentiality-table.ts";
import { deidentifyPart10 } from "./deidentify-part10.ts";
import { confidentialityProfile } from "./profile.ts";

const folder = mkdtempSync(join(tmpdir(), "etalon-deidentify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explicit = { transferSyntaxUid: "1.2.840.10008.1.2.1" } as const;
const context = { key: new Uint8Array(32).fill(9) };
const codecs = createCodecSet();

async function cleaned(name: string, bytes: Uint8Array, options: readonly string[] = []): Promise<Uint8Array> {
  const profile = confidentialityProfile("basic", options);
  return (await deidentifyPart10(bytesSource(name, bytes), { profile, context, codecs })).bytes;
}

function findingsOf(pairs: readonly (readonly [string, string])[]): readonly (readonly string[])[] {
  const script = join(import.meta.dirname, "find-identity.py");
  const run = spawnSync(debianPython, [script], { input: JSON.stringify({ pairs }), encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What the synthetic object holds everywhere: searched for in the bytes afterwards. */
const secret = "ZORGLUB";
const secretDate = "19631122";

/** An element of each VR that says the secret, where it can. */
function secretElement(tag: string): Element {
  const known = dictionaryVr(Number.parseInt(tag, 16));
  const row = confidentialityTable.get(tag);
  const isUid = known === "UN" && row?.basic === "U";
  const isDate = known === "UN" && row?.options["retain-longitudinal-full-dates"] === "K";
  const vr = isUid ? "UI" : isDate ? "DT" : known === "UN" && tag !== "0072006D" ? "LO" : known;
  const values: Readonly<Record<string, Element>> = {
    SQ: {
      vr,
      Value: [dataSetOf({ PatientName: secret, ReferencedSOPInstanceUID: "1.2.3.19631122", DateTime: secretDate })],
    },
    UI: { vr, Value: [`1.2.3.${secretDate}.${Number.parseInt(tag, 16)}`] },
    PN: { vr, Value: [{ Alphabetic: secret }] },
    DA: { vr, Value: [secretDate] },
    DT: { vr, Value: [`${secretDate}113355`] },
    TM: { vr, Value: ["113355"] },
    AS: { vr, Value: ["077Y"] },
    DS: { vr, Value: [77] },
    IS: { vr, Value: [77] },
    US: { vr, Value: [77] },
    UL: { vr, Value: [77] },
    FL: { vr, Value: [77] },
    FD: { vr, Value: [77] },
    CS: { vr, Value: [secret] },
  };
  if (/^O|^UN/.test(vr)) return { vr: vr === "ox" ? "OW" : vr, bytes: new TextEncoder().encode(`${secret} `) };
  return values[vr] ?? { vr, Value: [secret] };
}

/** Every row of the table that a data set can hold, and what the repeating groups and private ones stand for. */
function everyAttribute(): KeywordRecord {
  const record: Record<string, Element> = {};
  for (const tag of confidentialityTable.keys()) {
    const isHeld = !tag.includes("x") && !/^000[024]/.test(tag) && tag !== "00420011";
    if (isHeld) record[tag] = secretElement(tag);
  }
  return {
    ...record,
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
    SpecificCharacterSet: "ISO_IR 192",
    "60003000": { vr: "OW", bytes: new TextEncoder().encode(`${secret} `) },
    "60004000": { vr: "LT", Value: [secret] },
    "50003000": { vr: "OW", bytes: new TextEncoder().encode(`${secret} `) },
    "00090010": { vr: "LO", Value: ["ACME"] },
    "00091001": { vr: "LO", Value: [secret] },
  };
}

const peer = { name: "pydicom", isPresent: hasPythonModule("pydicom") };
describeWithPeer("pydicom with a table of its own", peer, () => {
  test("finds nothing of table E.1-1 left of an object that has it all", async () => {
    const original = writePart10(dataSetOf(everyAttribute()), explicit);
    const bytes = await cleaned("all.dcm", original);
    expect(findingsOf([[written("all.dcm", original), written("all-out.dcm", bytes)]])).toEqual([[]]);
    const text = Buffer.from(bytes).toString("latin1");
    expect(text).not.toContain(secret);
    expect(text).not.toContain(secretDate);
    expect(Buffer.from(original).toString("latin1").split(secret).length).toBeGreaterThan(300);
  });

  describeWithSharedData("deident-ge", "7-conformance/deident-ge/In", (path) => {
    const names = readdirSync(path).filter((name) => name.endsWith(".dcm"));

    test("nothing is left, and UIDs agree across the series", async () => {
      const pairs: (readonly [string, string])[] = [];
      for (const name of names) {
        const bytes = await cleaned(name, readFileSync(join(path, name)));
        pairs.push([join(path, name), written(name, bytes)]);
      }
      expect(findingsOf(pairs)).toEqual(names.map(() => []));
    });
  });
});

const dicom3tools = { name: "dicom3tools", isPresent: hasProgram("dciodvfy", ["-version"]) };
describeWithPeer("dciodvfy", dicom3tools, () => {
  const errorsOf = (path: string): readonly string[] =>
    spawnSync("dciodvfy", ["-new", path], { encoding: "utf8" })
      .stderr.split("\n")
      .filter((line) => line.startsWith("Error"))
      // Items of (0012,0064) come to stand elsewhere.
      .map((line) => line.replace(/\[\d+\]/g, ""))
      .toSorted();

  describeWithSharedData("deident-ge", "7-conformance/deident-ge/In", (path) => {
    test.each([[[]], [["retain-longitudinal-modified-dates", "clean-descriptors", "retain-safe-private"]]])(
      "says no error that the original has not: %j",
      async (options) => {
        const bytes = await cleaned("00001.dcm", readFileSync(join(path, "00001.dcm")), options);
        const before = errorsOf(join(path, "00001.dcm"));
        const added = errorsOf(written("verified.dcm", bytes)).filter((line) => !before.includes(line));
        expect(added).toEqual([]);
      },
    );
  });
});

describe("French names, in the bytes", () => {
  test.each([
    ["Lefèvre-Desnoyers^Anne-Françoise", ["Lefèvre", "Desnoyers", "Françoise", "LEFEVRE"]],
    ["de La Tour du Pin^Hélène", ["Tour", "Hélène", "HELENE"]],
    ["N'Guyen^Thi Mai", ["Guyen", "NGUYEN"]],
    ["Œuvrard^Maëlys", ["Œuvrard", "OEUVRARD", "Maëlys", "MAELYS"]],
  ])("%s", async (name, words) => {
    for (const characterSet of ["ISO_IR 192", ...(name.includes("Œ") ? [] : ["ISO_IR 100"])]) {
      const record: KeywordRecord = {
        SpecificCharacterSet: characterSet,
        SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
        SOPInstanceUID: "1.2.3.4",
        PatientName: name,
        PatientID: "154033306312345",
        AccessionNumber: "ACC778899",
        ReferringPhysicianName: "Le Goff-Kerbrat^Loïc",
        SeriesDescription: `Coro ${name.split("^")[0].toUpperCase()} ACC778899`,
        SoftwareVersions: `v1 ${words.at(-1)}`,
        ImageComments: `Dr LE GOFF, ${words.join(" / ")}, 154033306312345`,
        "00420010": { vr: "ST", Value: [`Report of ${words[0]} KERBRAT`] },
        "00091001": { vr: "UN", bytes: new TextEncoder().encode(name) },
      };
      const original = writePart10(dataSetOf(record), explicit);
      const bytes = await cleaned("name.dcm", original, ["clean-descriptors", "retain-device-identity"]);
      for (const encoding of ["latin1", "utf8"] as const) {
        const text = Buffer.from(bytes).toString(encoding).toLowerCase();
        for (const word of [...words, "Goff", "Kerbrat", "Loïc", "154033306312345", "ACC778899"])
          expect(text).not.toContain(word.toLowerCase());
      }
    }
  });
});
