import { lakeLouise2009, lintingre2020, minocaWorkup } from "../../cardiac-mr-sources.ts";
import type { Rule } from "../../engine/rule.ts";
import { ischaemicEnhancement, nonIschaemicEnhancement } from "../lake-louise/criteria.ts";
import { deskLine } from "./desk-line.ts";

const of = { diagnosis: "infarct" } as const;

/** What supports an infarct, and what speaks against it. */
export const infarctLines: readonly Rule[] = [
  deskLine({
    ...of,
    name: "infarct-enhancement",
    weight: "supports",
    title: { en: "Subendocardial or transmural enhancement", fr: "Rehaussement sous-endocardique ou transmural" },
    statement: {
      en: "Late enhancement from the endocardium on, in a coronary territory.",
      fr: "Rehaussement tardif partant de l'endocarde, dans un territoire coronaire.",
    },
    source: minocaWorkup,
    finding: ischaemicEnhancement,
    note: {
      en: "Where it is unknown, look for its cause: rupture or erosion of a plaque, dissection, spasm, embolism, thrombophilia.",
      fr: "Il reste à en chercher la cause : rupture ou érosion de plaque, dissection, spasme, embolie, thrombophilie.",
    },
  }),
  deskLine({
    ...of,
    name: "infarct-oedema",
    weight: "supports",
    title: { en: "Oedema where the enhancement is", fr: "Œdème dans le territoire du rehaussement" },
    statement: {
      en: "Oedema in the same coronary territory as ischaemic enhancement: an acute infarct is more likely.",
      fr: "Un œdème dans le territoire coronaire d'un rehaussement ischémique : un infarctus aigu est plus probable.",
    },
    source: lakeLouise2009,
    finding: { all: [{ fact: "oedema-distribution", is: "coronary-territory" }, ischaemicEnhancement] },
  }),
  deskLine({
    ...of,
    name: "infarct-no-enhancement",
    weight: "against",
    title: { en: "No late enhancement", fr: "Pas de rehaussement tardif" },
    statement: {
      en: "Without late enhancement an infarct is unlikely. A small one can escape standard images.",
      fr: "Sans rehaussement tardif, un infarctus est peu probable. Un petit infarctus peut échapper aux images standard.",
    },
    source: minocaWorkup,
    finding: { fact: "lge-pattern", is: "none" },
    caveats: [
      {
        when: {
          not: {
            all: [
              { fact: "lge-3d-done", given: true },
              { fact: "lge-3d-done", is: true },
            ],
          },
        },
        text: {
          en: `No high-resolution 3-D enhancement was said to be done: of 229 patients it changed the diagnosis of 26 % (doi ${lintingre2020.doi}).`,
          fr: `Le rehaussement 3D haute résolution n'est pas dit réalisé : chez 229 patients, il a modifié le diagnostic dans 26 % des cas (doi ${lintingre2020.doi}).`,
        },
      },
    ],
  }),
  deskLine({
    ...of,
    name: "infarct-non-ischaemic-pattern",
    weight: "against",
    title: { en: "Enhancement that spares the endocardium", fr: "Rehaussement respectant l'endocarde" },
    statement: {
      en: "Subepicardial, mid-wall or patchy enhancement is not that of an infarct.",
      fr: "Un rehaussement sous-épicardique, intramural ou en plages n'est pas celui d'un infarctus.",
    },
    source: minocaWorkup,
    finding: nonIschaemicEnhancement,
  }),
];
