import type { Result } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Line, Section } from "../document.ts";
import { bareNumber, joined, literal, number, strong, textOf, words } from "../inline.ts";
import { readLedgerRecord, type StackRecord } from "../ledger-record.ts";
import { qualityLines } from "../quality-lines.ts";

/** How the images were made and what a reader of the number must know of them. */
export function techniqueSection({ result, protocol }: ReportInput): Section {
  const stacks = readLedgerRecord(result.ledger).stacks;
  // What the protocol asks for ("without contrast") is not what images are that an override let through.
  const isAsAsked = result.quality.every(({ code }) => code !== "contrast-overridden");
  const series = result.recipe.roles.flatMap((role): readonly Block[] => {
    const stack = stacks.find(({ id }) => id === role.stackId);
    const title = protocol.roles[role.role]?.title;
    const heading = title === undefined ? literal(role.role) : textOf(title);
    return stack === undefined
      ? [{ kind: "paragraph", line: [heading] }]
      : [
          {
            kind: "pairs",
            pairs: [
              ...(isAsAsked ? [{ name: { en: "Examination", fr: "Examen" }, value: [heading] }] : []),
              ...stackPairs(stack),
            ],
          },
        ];
  });
  return {
    id: "technique",
    title: { en: "Technique", fr: "Technique" },
    blocks: [...series, ...numberBlocks({ result, protocol }), ...qualityBlocks(result.quality)],
  };
}

function stackPairs(stack: StackRecord): readonly { name: { en: string; fr: string }; value: Line }[] {
  const at = (member: string) => ({ kind: "record", path: `${stack.path}.${member}` }) as const;
  const list = (values: readonly number[], unit: string, member: string): Line =>
    joined(
      values.map((value, index) => [number({ value, unit }, at(`${member}.${index}`))]),
      literal(", "),
    );
  const { rows, columns, slices, sliceSpacingMm, pixelSpacingMm } = stack;
  const count = (value: number, member: string) => number({ value, unit: "{count}" }, at(member));
  const pairs: { name: { en: string; fr: string }; value: Line }[] = [];
  const add = (en: string, fr: string, value: Line) => {
    if (value.length > 0) pairs.push({ name: { en, fr }, value });
  };
  add("Series", "Série", [literal([...stack.modality, ...stack.description].join(" "))]);
  if (slices !== undefined) add("Slices", "Coupes", [count(slices, "slices")]);
  add("Slice thickness", "Épaisseur de coupe", list(stack.sliceThicknessMm, "mm", "sliceThicknessMm"));
  if (sliceSpacingMm !== undefined) {
    add("Increment", "Incrément", [number({ value: sliceSpacingMm, unit: "mm" }, at("sliceSpacingMm"))]);
  }
  if (columns !== undefined && rows !== undefined) {
    add("Matrix", "Matrice", [count(columns, "columns"), literal(" × "), count(rows, "rows")]);
  }
  add(
    "Pixel",
    "Pixel",
    joined(
      pixelSpacingMm.map((value, index) => [
        (index === 0 ? bareNumber : number)({ value, unit: "mm", digits: 3 }, at(`pixelSpacingMm.${index}`)),
      ]),
      literal(" × "),
    ),
  );
  add("Tube voltage", "Tension du tube", list(stack.tubeVoltageKv, "kV", "tubeVoltageKv"));
  if (stack.convolutionKernel.length > 0) {
    add("Kernel", "Noyau de reconstruction", [literal(stack.convolutionKernel.join(", "))]);
  }
  return pairs;
}

/** Numbers that were given instead of images. */
function numberBlocks({ result, protocol }: Pick<ReportInput, "result" | "protocol">): readonly Block[] {
  if (result.recipe.numbers.length === 0) return [];
  return [
    {
      kind: "pairs",
      pairs: result.recipe.numbers.map(({ role, value, unit }, index) => ({
        name: protocol.roles[role]?.title ?? { en: role, fr: role },
        value: [number({ value, unit }, { kind: "record", path: `recipe.numbers.${index}.value` })],
      })),
    },
  ];
}

/** Notes on quality, warnings first. */
function qualityBlocks(quality: Result["quality"]): readonly Block[] {
  const warnings = qualityLines(quality, ({ severity }) => severity === "warning");
  const notes = qualityLines(quality, ({ severity }) => severity === "info");
  const blocks: Block[] = [];
  if (quality.length === 0) {
    blocks.push({
      kind: "paragraph",
      line: [words("Nothing to report on the quality of the images.", "Qualité des images : rien à signaler.")],
    });
  }
  if (warnings.length > 0) {
    const heading = strong({ en: "Beware, beside the number: ", fr: "À savoir à côté du nombre : " });
    blocks.push(
      warnings.length === 1
        ? { kind: "notice", tone: "warning", lines: [[heading, ...(warnings[0] ?? [])]] }
        : { kind: "notice", tone: "warning", lines: [[heading], ...warnings] },
    );
  }
  if (notes.length > 0) blocks.push({ kind: "list", lines: notes });
  return blocks;
}
