import type { Result } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import { choiceText } from "../../text/choice-texts.ts";
import type { Block, Line, Section } from "../document.ts";
import { code, doiLink, literal, number, strong, textOf, words } from "../inline.ts";

type Measured = Pick<ReportInput, "result" | "protocol">;
type ParameterRecord = Result["recipe"]["parameters"][number];

/** The method: protocol, references, every parameter with its source. */
export function methodSection({ result, protocol }: Measured): Section {
  return {
    id: "method",
    title: { en: "Method", fr: "Méthode" },
    blocks: [
      {
        kind: "paragraph",
        line: [
          textOf(protocol.title),
          words(", protocol ", ", protocole "),
          code(`${result.protocol.id} ${result.protocol.version}`),
          words(", computed by Etalon ", ", calculé par Etalon "),
          code(result.build.etalon),
          protocol.replay === "bitwise"
            ? words(
                "; a replay gives the same value to the last bit.",
                " ; un recalcul donne la même valeur au dernier bit près.",
              )
            : words(
                "; a replay agrees within the protocol's tolerance.",
                " ; un recalcul concorde dans la tolérance du protocole.",
              ),
        ],
      },
      {
        kind: "list",
        lines: protocol.references.map(({ citation, doi }) => [
          literal(citation),
          ...(doi === undefined ? [] : [literal(" · "), doiLink(doi)]),
        ]),
      },
      ...parameterTable(result.recipe.parameters, protocol),
    ],
  };
}

function parameterTable(parameters: readonly ParameterRecord[], protocol: Measured["protocol"]): readonly Block[] {
  if (parameters.length === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "Parameters", fr: "Paramètres" },
      columns: [
        { title: { en: "Parameter", fr: "Paramètre" } },
        { title: { en: "Value", fr: "Valeur" } },
        { title: { en: "Source", fr: "Source" } },
      ],
      hasRowHeaders: true,
      rows: parameters.map((record, index) => {
        const declared = protocol.parameters[record.id];
        return [
          [textOf(declared?.title ?? { en: record.id, fr: record.id })],
          parameterValue(record, index),
          parameterSource(record, declared?.source ?? ""),
        ];
      }),
    },
  ];
}

function parameterValue({ id, value, unit }: ParameterRecord, index: number): Line {
  if (value === null) return [words("from the images, or none", "lu dans les images, ou aucun")];
  if (typeof value === "string") return [textOf(choiceText(id, value))];
  return [number({ value, unit: unit ?? "1" }, { kind: "record", path: `recipe.parameters.${index}.value` })];
}

function parameterSource({ source, overrideSource }: ParameterRecord, declared: string): Line {
  if (source === "default") return [literal(declared)];
  const changed = strong({ en: "Changed for this result", fr: "Modifié pour ce résultat" });
  return overrideSource === undefined ? [changed] : [changed, words(": ", " : "), literal(overrideSource)];
}

/** What the result was made from and how anybody computes it again. */
export function recipeSection({ result }: Measured): Section {
  const { inputs, choices, marks, hashes } = result.recipe;
  const pairs = [
    {
      name: { en: "Images measured", fr: "Images mesurées" },
      value: [number({ value: inputs.length, unit: "{image}" }, { kind: "record", path: "recipe.inputs.length" })],
    },
    ...(inputs.length === 0
      ? []
      : [{ name: { en: "First and last image", fr: "Première et dernière image" }, value: hashLine(inputs) }]),
    {
      name: { en: "Reader's marks", fr: "Marques du lecteur" },
      value: marksLine(marks, hashes),
    },
    ...(choices.length === 0
      ? []
      : [
          {
            name: { en: "Versions chosen", fr: "Versions choisies" },
            value: choices.flatMap(
              ({ uid, source }, index): Line => [
                ...(index === 0 ? [] : [literal("; ")]),
                code(uid),
                ...(source === undefined ? [] : [literal(` (${source})`)]),
              ],
            ),
          },
        ]),
    { name: { en: "Digest", fr: "Empreinte" }, value: [code(result.digest)] },
  ];
  return {
    id: "recipe",
    title: { en: "Recipe and replay", fr: "Recette et recalcul" },
    blocks: [
      { kind: "pairs", pairs },
      {
        kind: "paragraph",
        line: [
          words(
            "Anyone with the images computes this result again: ",
            "Quiconque a les images recalcule ce résultat : ",
          ),
          code("etalon verify result.json <images>"),
          words(
            ". Each number above carries an identifier that leads to it in result.json.",
            ". Chaque nombre ci-dessus porte un identifiant qui y mène dans result.json.",
          ),
        ],
      },
    ],
  };
}

function hashLine(inputs: Result["recipe"]["inputs"]): Line {
  const [first, last] = [inputs.at(0), inputs.at(-1)];
  return [code(`sha256 ${first?.dataSetSha256 ?? ""}`), literal(" … "), code(last?.dataSetSha256 ?? "")];
}

function marksLine(marks: Result["recipe"]["marks"], hashes: Result["recipe"]["hashes"]): Line {
  if (marks === null) return [words("none", "aucune")];
  const hash = hashes.marks;
  const regions = number(
    { value: marks.regions.length, unit: "{region}" },
    { kind: "record", path: "recipe.marks.regions.length" },
  );
  return [
    regions,
    words(" regions", " régions"),
    ...(hash === undefined ? [] : [literal(", "), code(`sha256 ${hash}`)]),
  ];
}
