import { EtalonError } from "@etalon/base";
import { type DataSet, dataSetOf, dictionaryVr, type KeywordRecord, tagOfKeyword } from "@etalon/dicom";
import type { z } from "zod";
import { itemSchema } from "./item-schema.ts";

/**
 * An item out of what somebody sent: the one gate for the API and for orders.
 *
 * @param record values by PS3.6 keyword, as `itemSchema` has them
 * @throws EtalonError `request-malformed` naming the attribute
 */
export function readItem(record: unknown): DataSet {
  const result = itemSchema.safeParse(record);
  if (!result.success) throw malformed(result.error, record);
  // The schema lets text, numbers, null, lists and records of these pass, and nothing else: that is a keyword record.
  return dataSetOf(result.data as KeywordRecord);
}

/** What is wrong first, as the project says it. */
export function malformed(error: z.ZodError, given: unknown): EtalonError {
  const issue = deepest(error.issues[0]);
  const path = issue?.path ?? [];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const field = [...path, ...unknown.slice(0, 1)].join(".") || "body";
  const received = unknown.length > 0 ? "an attribute that is not of the worklist" : shortly(valueAt(given, path));
  return new EtalonError("request-malformed", {
    field,
    received,
    details: { expected: issue === undefined ? "an item" : expectedOf(issue) },
  });
}

type Issue = z.core.$ZodIssue;

/** The first issue of the first choice of a union: what a single value should have been. */
function deepest(issue: Issue | undefined, above: readonly PropertyKey[] = []): Issue | undefined {
  if (issue === undefined) return undefined;
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const [inner] = issue.errors.flatMap((each) => each.slice(0, 1)).toSorted((a, b) => b.path.length - a.path.length);
    if (inner !== undefined) return deepest(inner, path);
  }
  return { ...issue, path };
}

function expectedOf(issue: Issue): string {
  if (issue.code === "unrecognized_keys") return "PS3.4 table K.6-1";
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_format") return vrOf(issue.path) ?? issue.pattern ?? issue.format;
  if (issue.code === "too_big") return `≤ ${issue.maximum}`;
  if (issue.code === "too_small") return `≥ ${issue.minimum}`;
  return issue.message;
}

/** What a value of the attribute must be; `undefined` where the path ends at none. */
function vrOf(path: readonly PropertyKey[]): string | undefined {
  const keyword = path.findLast((part) => typeof part === "string");
  const tag = typeof keyword === "string" ? tagOfKeyword(keyword) : undefined;
  return tag === undefined ? undefined : `a value of VR ${dictionaryVr(Number.parseInt(tag, 16))}`;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = given;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return value;
}

function shortly(value: unknown): string {
  if (value === undefined) return "—";
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 60);
}
