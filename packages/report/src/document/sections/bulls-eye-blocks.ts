import type { Text } from "@etalon/base";
import type { ReportInput } from "../../report-input.ts";
import type { Block } from "../document.ts";

/** What a bull's-eye is drawn of, in percent, and what it is called. */
const drawn: Readonly<Record<string, Text>> = {
  "infarct-percent": { en: "Enhancement by segment, % of the segment", fr: "Rehaussement par segment, % du segment" },
  "second-infarct-percent": {
    en: "Enhancement by segment on the second acquisition, % of the segment",
    fr: "Rehaussement par segment sur la seconde acquisition, % du segment",
  },
  "oedema-percent": { en: "Oedema by segment, % of the segment", fr: "Œdème par segment, % du segment" },
  ecv: { en: "Extracellular volume by segment, %", fr: "Volume extracellulaire par segment, %" },
};

/** The scar, oedema or extracellular volume of each segment as a bull's-eye; nothing where there are no segments. */
export function bullsEyeBlocks({ result }: Pick<ReportInput, "result">): readonly Block[] {
  return Object.entries(drawn).flatMap(([output, title]): readonly Block[] => {
    const segments = result.outputs.flatMap(({ id, site, value }) => {
      const number = /^AHA-(\d+)$/.exec(site ?? "")?.[1];
      if (id !== output || number === undefined || site === undefined) return [];
      return [{ segment: Number(number), percent: value, origin: { kind: "result", output: id, site } as const }];
    });
    if (segments.length === 0) return [];
    return [
      {
        kind: "chart",
        chart: {
          kind: "bulls-eye",
          title,
          description: {
            en: "The left ventricle seen from the apex: base outside, apex in the middle, anterior above, septum on the left. Values are in the table by segment.",
            fr: "Le ventricule gauche vu de l'apex : base à l'extérieur, apex au centre, paroi antérieure en haut, septum à gauche. Les valeurs sont dans le tableau par segment.",
          },
          segments,
        },
      },
    ];
  });
}
