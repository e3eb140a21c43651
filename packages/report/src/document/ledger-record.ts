import type { JsonValue } from "@etalon/base";

/** A stack of images as a result's ledger summary describes it; empty lists where nothing was written in the images. */
export interface StackRecord {
  /** Path of its members in `result.json`. */
  readonly path: string;
  readonly id: string;
  readonly modality: readonly string[];
  readonly description: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly slices?: number;
  readonly pixelSpacingMm: readonly number[];
  readonly sliceSpacingMm?: number;
  readonly sliceThicknessMm: readonly number[];
  readonly tubeVoltageKv: readonly number[];
  readonly convolutionKernel: readonly string[];
}

/** A result's ledger summary, as far as a report shows it. */
export interface LedgerRecord {
  readonly received?: number;
  readonly placed?: number;
  readonly unplaced: readonly { readonly code: string; readonly count: number }[];
  readonly stacks: readonly StackRecord[];
  readonly notes: readonly { readonly path: string; readonly code: string; readonly details: Members }[];
}

/** Members of a JSON object. */
export type Members = Readonly<Record<string, JsonValue | undefined>>;

/** Reads the ledger summary of a result. What another version left out or wrote otherwise is absent. */
export function readLedgerRecord(ledger: JsonValue): LedgerRecord {
  const summary = membersOf(ledger);
  return {
    ...numberMember(summary, "received"),
    ...numberMember(summary, "placed"),
    unplaced: Object.entries(membersOf(summary.unplaced)).flatMap(([code, count]) =>
      typeof count === "number" ? [{ code, count }] : [],
    ),
    stacks: listOf(summary.stacks).map((stack, index) => readStack(membersOf(stack), `ledger.stacks.${index}`)),
    notes: listOf(summary.notes).flatMap((note, index) => {
      const { code, details } = membersOf(note);
      const path = `ledger.notes.${index}.details`;
      return typeof code === "string" ? [{ path, code, details: membersOf(details) }] : [];
    }),
  };
}

function readStack(stack: Members, path: string): StackRecord {
  return {
    path,
    id: typeof stack.id === "string" ? stack.id : "",
    modality: textsOf(stack.modality),
    description: textsOf(stack.description),
    ...numberMember(stack, "columns"),
    ...numberMember(stack, "rows"),
    ...numberMember(stack, "slices"),
    ...numberMember(stack, "sliceSpacingMm"),
    pixelSpacingMm: numbersOf(stack.pixelSpacingMm),
    sliceThicknessMm: numbersOf(stack.sliceThicknessMm),
    tubeVoltageKv: numbersOf(stack.tubeVoltageKv),
    convolutionKernel: textsOf(stack.convolutionKernel),
  };
}

function membersOf(value: JsonValue | undefined): Members {
  // An object that is neither null nor a list has members; JsonValue's own type of them is what Members says.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function numbersOf(value: JsonValue | undefined): readonly number[] {
  return listOf(value).filter((one) => typeof one === "number");
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return listOf(value).filter((one) => typeof one === "string");
}

function numberMember<Name extends string>(members: Members, name: Name): { readonly [N in Name]?: number } {
  const value = members[name];
  // A computed key widens to string; it is the name asked for.
  return typeof value === "number" ? ({ [name]: value } as { readonly [N in Name]: number }) : {};
}
