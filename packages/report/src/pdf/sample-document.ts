import { notAMedicalDevice, type Text } from "@etalon/base";
import type { Block, Chart, Inline, Origin, ReportDocument } from "../document/document.ts";

/** Everything that Typst's markup gives a meaning to. */
export const typstMarkup = "#panic() $x^2$ *b* _i_ @ref <label> \\ [c] `raw` // no = + - / ~ ' \" {d} 1. --- ...";

/** Letters and signs of a French report. */
export const frenchSigns = "œdème, Œ, ≥\u00a0130\u00a0UH, mm³, √V, « guillemets », Noël, çà, ïambe, ÿ, 1\u202f028,1";

const text = (en: string, fr: string, isStrong = false): Inline => ({ kind: "text", text: { en, fr }, isStrong });
const literal = (value: string, isCode = false): Inline => ({ kind: "literal", text: value, isCode });
const both = (value: string): Text => ({ en: value, fr: value });
const score = (value: number, item?: string): Inline => ({
  kind: "number",
  value,
  unit: "[arb'U]",
  digits: 1,
  origin: { kind: "result", output: "agatston-score", ...(item === undefined ? {} : { item }) },
});

/** A grey ramp of 16 by 12 pixels, as PNG. */
const RAMP =
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAAAAABOjGJdAAAAHUlEQVR42mPgkNCw8IjIqOiYsWLHiRsvfjAMXQEAQ/dgAfiDyagAAAAASUVORK5CYII=";

const risk = (key: string): Origin => ({ kind: "verdict", rule: "sample/risk", key });

const picture = (id: string): Extract<Block, { kind: "picture" }> => ({
  kind: "picture",
  id,
  png: Uint8Array.from(atob(RAMP), (character) => character.charCodeAt(0)),
  widthPx: 16,
  heightPx: 12,
  caption: [literal(id), text(", left anterior descending artery", ", artère interventriculaire antérieure")],
  alternative: { en: `Axial slice with ${id} outlined`, fr: `Coupe axiale, ${id} entourée` },
});

const charts: readonly Chart[] = [
  {
    kind: "percentile-curve",
    title: { en: "Percentiles", fr: "Percentiles" },
    description: { en: "Above the 90th percentile", fr: "Au-delà du 90e percentile" },
    curves: [50, 90].map((percentile) => ({
      percentile,
      points: [45, 50.5, 61, 70, 84].map((age): [number, number] => [age, (age - 44) * percentile * 0.13]),
    })),
    patient: { age: 65, score: 593.7 },
  },
  {
    kind: "risk-bars",
    title: { en: "Ten-year risk", fr: "Risque à dix ans" },
    description: { en: "4 % without calcium, 12 % with it", fr: "4 % sans calcium, 12 % avec" },
    bars: [
      { label: { en: "without calcium", fr: "sans calcium" }, percent: 4.13, origin: risk("without") },
      { label: { en: "with calcium", fr: "avec calcium" }, percent: 12.7, origin: risk("with") },
    ],
  },
  {
    kind: "sensitivity-strip",
    title: { en: "Other choices", fr: "Autres choix" },
    description: { en: "Between 380 and 420 AU", fr: "Entre 380 et 420 UA" },
    unit: "[arb'U]",
    reference: 395.3,
    edges: [400],
    points: [380.1, 420.9].map((value, at) => ({
      label: { en: `minimum area: ${at + 1} mm²`, fr: `aire minimale : ${at + 1} mm²` },
      value,
      changesCategory: value > 400,
      origin: { kind: "sensitivity", parameter: "minimum-area", choice: String(at + 1), output: "agatston-score" },
    })),
  },
];

/** A document with every kind of block in it, long enough for three pages, for a patient with a long French name. */
export const sampleDocument: ReportDocument = {
  id: "report-0011223344556677",
  title: { en: "Coronary artery calcium score", fr: "Score calcique coronaire" },
  header: [
    { name: { en: "Patient", fr: "Patient" }, value: [literal("LEFÈVRE-DESNOYERS Anne-Françoise Gaëlle")] },
    { name: { en: "Identifier", fr: "Identifiant" }, value: [literal("2 75 03 75 116 042")] },
    { name: { en: "Born", fr: "Née le" }, value: [{ kind: "date", day: "1961-03-04" }] },
    { name: { en: "Examination", fr: "Examen" }, value: [literal("CT, 2026-11-22")] },
    { name: { en: "Referred by", fr: "Adressée par" }, value: [literal("Dr Ève Œuvrard")] },
    { name: { en: "Institution", fr: "Établissement" }, value: [literal("Hôpital Saint-Cœur")] },
  ],
  runningHead: [literal("LEFÈVRE-DESNOYERS Anne-Françoise Gaëlle · 2 75 03 75 116 042")],
  sections: [
    {
      id: "indication",
      title: { en: "Indication", fr: "Indication" },
      blocks: [
        { kind: "paragraph", line: [literal(typstMarkup)] },
        { kind: "paragraph", line: [literal(frenchSigns)] },
        { kind: "paragraph", line: [literal("山田太郎")] },
      ],
    },
    {
      id: "results",
      title: { en: "Results", fr: "Résultats" },
      blocks: [
        {
          kind: "paragraph",
          line: [text("Total score: ", "Score total : "), score(1028.06), text(", at risk.", " : risque élevé.", true)],
        },
        {
          kind: "table",
          caption: { en: "Lesions", fr: "Lésions" },
          columns: [
            { title: { en: "Lesion", fr: "Lésion" } },
            { title: { en: "Artery", fr: "Artère" } },
            { title: { en: "Agatston score", fr: "Score d'Agatston" }, isNumeric: true },
          ],
          rows: Array.from({ length: 60 }, (_, at) => [
            [literal(`L${at + 1}`)],
            [text("left anterior descending", "interventriculaire antérieure")],
            [score(17.5 * (at + 1), `L${at + 1}`)],
          ]),
          hasRowHeaders: true,
        },
        { kind: "pictures", pictures: ["L1", "L2", "L3", "L4"].map(picture) },
        picture("L5"),
        ...charts.map((chart): Block => ({ kind: "chart", chart })),
      ],
    },
    {
      id: "guidance",
      title: { en: "Guidance", fr: "Recommandations" },
      blocks: [
        { kind: "subheading", title: { en: "Calcium", fr: "Calcium" } },
        ...(["neutral", "information", "warning", "undetermined"] as const).map(
          (tone): Block => ({
            kind: "card",
            card: {
              rule: `sample/${tone}`,
              title: { en: "Statin", fr: "Statine" },
              tone,
              outcome: [text("undetermined: needs LDL cholesterol", "indéterminé : il manque le LDL-cholestérol")],
              statement: [text("A statin is reasonable.", "Une statine est raisonnable.")],
              lines: [[text("Not verified against the primary source.", "Non vérifié sur la source primaire.")]],
              source: [
                literal("ACC/AHA 2018, class IIa, level B-NR, "),
                {
                  kind: "link",
                  text: "doi:10.1161/CIR.0000000000000625",
                  url: "https://doi.org/10.1161/CIR.0000000000000625",
                },
              ],
            },
          }),
        ),
        { kind: "notice", tone: "warning", lines: [[text("Provisional.", "Provisoire.")], [literal("R1")]] },
        { kind: "list", lines: [[text("one", "un")], [text("two", "deux")]] },
        {
          kind: "pairs",
          pairs: [
            { name: { en: "Threshold", fr: "Seuil" }, value: [text("130 HU", "130 UH")] },
            {
              name: both("SHA-256"),
              value: [literal("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", true)],
            },
          ],
        },
      ],
    },
  ],
  footer: [{ kind: "text", text: notAMedicalDevice }],
  resultDigest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  createdAt: "2026-11-22T10:30:00+01:00",
};
