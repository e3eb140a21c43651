import type { Result } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import { choiceText } from "../../text/choice-texts.ts";
import { parameterSource } from "../../text/parameter-source.ts";
import type { Block, Line, Section } from "../document.ts";
import { code, doiLink, exactDigits, literal, number, strong, textOf, words } from "../inline.ts";
import { candidateBlocks } from "./candidate-blocks.ts";

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
      ...candidateBlocks(result.candidates),
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
          sourceOf(record, declared?.source ?? ""),
        ];
      }),
    },
  ];
}

function parameterValue({ id, value, unit }: ParameterRecord, index: number): Line {
  if (value === null) return [words("from the images, or none", "lu dans les images, ou aucun")];
  if (typeof value === "string") return [textOf(choiceText(id, value))];
  return [
    number(
      { value, unit: unit ?? "1", digits: exactDigits(value) },
      { kind: "record", path: `recipe.parameters.${index}.value` },
    ),
  ];
}

function sourceOf({ source, overrideSource }: ParameterRecord, declared: string): Line {
  if (source === "default") return [textOf(parameterSource(declared))];
  const changed = strong({ en: "Changed for this result", fr: "Modifié pour ce résultat" });
  return overrideSource === undefined ? [changed] : [changed, words(": ", " : "), literal(overrideSource)];
}

/** What the result was made from and how anybody computes it again. */
export function recipeSection({ result }: Measured): Section {
  return {
    id: "recipe",
    title: { en: "Recipe and replay", fr: "Recette et recalcul" },
    blocks: [
      {
        kind: "table",
        caption: { en: "What the result depends on", fr: "Ce dont dépend le résultat" },
        columns: [{ title: { en: "Part", fr: "Élément" } }, { title: { en: "Content", fr: "Contenu" } }],
        hasRowHeaders: true,
        rows: recipeRows(result),
      },
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

function recipeRows({ recipe, digest }: Result): readonly (readonly Line[])[] {
  const { inputs, choices, marks } = recipe;
  const count = (value: number, unit: string, path: string) => number({ value, unit }, { kind: "record", path });
  const [first, last] = [inputs.at(0), inputs.at(-1)];
  const rows: (readonly Line[])[] = [];
  if (first !== undefined && last !== undefined) {
    rows.push(
      [[words("Images measured", "Images mesurées")], [count(inputs.length, "{image}", "recipe.inputs.length")]],
      [[words("First image, SHA-256", "Première image, SHA-256")], [code(first.dataSetSha256)]],
      [[words("Last image, SHA-256", "Dernière image, SHA-256")], [code(last.dataSetSha256)]],
    );
  }
  rows.push([
    [words("Regions of the reader's marks", "Régions des marques du lecteur")],
    [marks === null ? words("none", "aucune") : count(marks.regions.length, "{region}", "recipe.marks.regions.length")],
  ]);
  for (const { uid, source } of choices) {
    const reason: Line = source === undefined ? [] : [literal(` (${source})`)];
    rows.push([[words("Version chosen", "Version choisie")], [code(uid), ...reason]]);
  }
  rows.push([[words("Digest of the result", "Empreinte du résultat")], [code(digest)]]);
  return rows;
}
