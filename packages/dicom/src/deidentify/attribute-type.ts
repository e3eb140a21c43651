import { textOf } from "../attribute-values.ts";
import type { DataSet } from "../data-set.ts";
import type { ConfidentialityAction } from "./confidentiality-table.ts";

/** One step of a combined action. */
export type SingleAction = "X" | "Z" | "D" | "U" | "K" | "C";

/**
 * Images of the single-frame kind, whose attributes of the combined actions are all of Type 3 but those of
 * {@link exceptions}: CR, CT, MR, US, SC, XA, RF, NM, DX, MG, PET (PS3.3 A.2 to A.26).
 */
const plainImages = new Set(
  [
    "1",
    "1.1",
    "1.1.1",
    "1.2",
    "1.2.1",
    "2",
    "3.1",
    "4",
    "6.1",
    "7",
    "7.1",
    "7.2",
    "7.3",
    "7.4",
    "12.1",
    "12.2",
    "20",
    "128",
  ].map((suffix) => `1.2.840.10008.5.1.4.1.1.${suffix}`),
);
const pet = "1.2.840.10008.5.1.4.1.1.128";

/** Type 2 or 2C in plain images: Content Date and Time (C.7.6.1), Patient's Sex Neutered (C.7.2.3), AcquisitionContext. */
const emptyInPlainImages = new Set(["00080023", "00080033", "00102203", "00400555"]);
/** PET: Acquisition Date and Time Type 2 (C.8.9.4), Series Date and Time Type 1 (C.8.9.1). */
const exceptions: Readonly<Record<string, SingleAction>> = {
  "00080022": "Z",
  "00080032": "Z",
  "00080021": "D",
  "00080031": "D",
};

/**
 * The step of a combined action that keeps the object valid: X where the attribute is of Type 3, Z for Type 2, D (or U)
 * for Type 1. Types are known at the top of plain images; anywhere else the last step that the table allows is taken,
 * which no type forbids.
 *
 * @param root the whole object
 */
export function settledAction(
  action: ConfidentialityAction,
  at: { readonly tag: string; readonly isTop: boolean; readonly root: DataSet },
): SingleAction {
  const steps = action.replace("*", "").split("/");
  const last = steps.at(-1);
  const strongest: SingleAction =
    last === "X" || last === "Z" || last === "U" || last === "K" || last === "C" ? last : "D";
  if (steps.length === 1) return strongest;
  const sopClass = textOf(at.root, "00080016") ?? "";
  if (!at.isTop || !plainImages.has(sopClass) || at.tag === "00100020") return strongest;
  const exception = sopClass === pet ? exceptions[at.tag] : undefined;
  const wanted = exception ?? (emptyInPlainImages.has(at.tag) ? "Z" : "X");
  return steps.includes(wanted) ? wanted : strongest;
}
