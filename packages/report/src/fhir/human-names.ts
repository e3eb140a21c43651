import type { PersonName } from "@etalon/dicom";
import { readableName } from "../document/readable-name.ts";
import type { HumanName } from "./fhir-types.ts";
import { freeText } from "./free-text.ts";

/** How a name is written, as FHIR's iso21090-EN-representation codes it. */
const representations = { Alphabetic: "ABC", Ideographic: "IDE", Phonetic: "SYL" } as const;

/**
 * A DICOM person name as FHIR writes it, one name for each component group. The five components (family, given, middle,
 * prefix, suffix) keep their words together: "Anne Marie" is one given name, since nothing says that it is two.
 *
 * @see PS3.5 section 6.2.1; https://hl7.org/fhir/R4/datatypes.html#HumanName
 */
export function humanNames(name: PersonName): readonly HumanName[] {
  const groups = ["Alphabetic", "Ideographic", "Phonetic"] as const;
  return groups.flatMap((group) => {
    const value = name[group];
    const text = value === undefined ? "" : freeText(readableName({ [group]: value }));
    if (value === undefined || text === "") return [];
    const [family = "", given = "", middle = "", prefix = "", suffix = ""] = value
      .split("^")
      .map((part) => part.trim());
    const extension =
      group === "Alphabetic"
        ? {}
        : {
            extension: [
              {
                url: "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation",
                valueCode: representations[group],
              },
            ],
          };
    const givens = [given, middle].filter((part) => part !== "");
    return [
      {
        ...extension,
        text,
        ...(family === "" ? {} : { family }),
        ...(givens.length === 0 ? {} : { given: givens }),
        ...(prefix === "" ? {} : { prefix: [prefix] }),
        ...(suffix === "" ? {} : { suffix: [suffix] }),
      },
    ];
  });
}
