import { z } from "zod";
import { type ModelAttribute, worklistModel } from "./worklist-model.ts";

/** Longest values of a VR in characters (PS3.5 table 6.2-1), those of names and long texts as far as they make sense. */
const longest: Readonly<Record<string, number>> = {
  AE: 16,
  CS: 16,
  LO: 64,
  SH: 16,
  ST: 1024,
  LT: 10240,
  UT: 10240,
  UC: 1024,
};
/** A component group of a name has 64 characters, and there are three. */
const longestName = 194;

/** Text of one line; the backslash parts values (PS3.5 section 6.1.2). */
const line = /^[^\p{Cc}\\]*$/u;
/** Text of several lines. */
const lines = /^(?:[^\p{Cc}]|[\t\n\f\r])*$/u;

const patterns: Readonly<Record<string, RegExp>> = {
  AE: /^[\x20-\x5b\x5d-\x7e]*$/,
  AS: /^(\d{3}[DWMY])?$/,
  CS: /^[A-Z0-9_ ]*$/,
  DA: /^(\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?$/,
  TM: /^(([01]\d|2[0-3])([0-5]\d(([0-5]\d|60)(\.\d{1,6})?)?)?)?$/,
  DT: /^(\d{4}[\d.+-]{0,22})?$/,
  UI: /^((0|[1-9]\d*)(\.(0|[1-9]\d*))*)?$/,
  DS: /^( *[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)? *)?$/,
};

const numberVrs: ReadonlySet<string> = new Set(["DS", "IS", "US", "SS", "UL", "SL", "FL", "FD"]);
/** No more items than any order has. */
const mostItems = 50;
const mostValues = 50;

function valueSchema(vr: string): z.ZodType {
  if (numberVrs.has(vr) && vr !== "DS" && vr !== "IS") return z.number();
  const length = vr === "PN" ? longestName : (longest[vr] ?? 64);
  const text = z
    .string()
    .max(length)
    .regex(patterns[vr] ?? (["ST", "LT", "UT"].includes(vr) ? lines : line));
  if (vr === "IS") return z.union([z.int32(), text.regex(/^[+-]?\d{1,10}$/)]);
  return vr === "DS" ? z.union([z.number(), text.max(16)]) : text;
}

function attributeSchema({ vr, items }: ModelAttribute): z.ZodType {
  if (items !== undefined) {
    const item = objectSchema(items, new Set());
    return z.union([z.array(item).max(mostItems), z.null()]);
  }
  const value = valueSchema(vr);
  return z.union([value, z.array(value).max(mostValues), z.null()]);
}

function objectSchema(attributes: readonly ModelAttribute[], required: ReadonlySet<string>): z.ZodType {
  return z.strictObject(
    Object.fromEntries(
      attributes.map((attribute): [string, z.ZodType] => {
        const { keyword, vr } = attribute;
        return [keyword, required.has(keyword) ? neededSchema(vr) : attributeSchema(attribute).optional()];
      }),
    ),
  );
}

/** One value, not empty. */
function neededSchema(vr: string): z.ZodType {
  return z
    .string()
    .min(1)
    .max(vr === "PN" ? longestName : (longest[vr] ?? 64))
    .regex(patterns[vr] ?? line)
    .regex(/\S/);
}

const stepRequired: ReadonlySet<string> = new Set([
  "Modality",
  "ScheduledProcedureStepStartDate",
  "ScheduledProcedureStepStartTime",
  "ScheduledProcedureStepID",
]);
const itemRequired: ReadonlySet<string> = new Set(["PatientName", "PatientID"]);

/**
 * An item as it is given: values by PS3.6 keyword, sequences as arrays of such records. One item is one scheduled procedure
 * step. What makes no sense without a value (PS3.4 table K.6-1, type 1) is needed; what the archive can supply itself is not.
 */
export const itemSchema: z.ZodType = z.strictObject(
  Object.fromEntries(
    worklistModel.map((attribute): [string, z.ZodType] => {
      const { keyword, vr, items = [] } = attribute;
      if (keyword === "ScheduledProcedureStepSequence") {
        return [keyword, z.array(objectSchema(items, stepRequired)).length(1)];
      }
      return [keyword, itemRequired.has(keyword) ? neededSchema(vr) : attributeSchema(attribute).optional()];
    }),
  ),
);
