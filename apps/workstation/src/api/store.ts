import { ApiError } from "./api-error.ts";
import { refusalOf, send } from "./request.ts";

/** What became of an object that was sent. */
export type StoreOutcome =
  | { readonly kind: "stored" }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string };

/** Tags of the Store Instances Response Module (PS3.18 annex I) and of our block in it. */
const tags = { failed: "00081198", others: "0008119A", code: "00091001", sentence: "00091002" } as const;

/**
 * Stores one object by STOW-RS. What the archive refuses is an outcome with its reason.
 *
 * @throws {ApiError} where nobody may store, or nothing answers
 */
export async function storeObject(bytes: Blob | Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<StoreOutcome> {
  const headers = { "content-type": "application/dicom", accept: "application/dicom+json" };
  const answer = await send("dicom-web/studies", { method: "POST", body: bytes, headers, signal });
  if (answer.ok) return { kind: "stored" };
  if (answer.status === 409) {
    // Where it names no failure it is read once more, as a problem.
    const response: unknown = await answer
      .clone()
      .json()
      .catch(() => undefined);
    const failure = failureOf(response);
    if (failure !== undefined) return { kind: "refused", ...failure };
  }
  const refusal = await refusalOf(answer);
  if (refusal.status === 400 || refusal.status === 409 || refusal.status === 413 || refusal.status === 415) {
    return { kind: "refused", code: refusal.code, reason: refusal.message };
  }
  throw new ApiError(refusal.status, refusal.code, refusal.message);
}

function failureOf(json: unknown): { readonly code: string; readonly reason: string } | undefined {
  const item = firstItem(json, tags.failed) ?? firstItem(json, tags.others);
  const code = firstValue(item, tags.code);
  if (typeof code !== "string") return undefined;
  const sentence = firstValue(item, tags.sentence);
  return { code, reason: typeof sentence === "string" ? sentence : code };
}

function firstItem(dataSet: unknown, tag: string): unknown {
  return firstValue(dataSet, tag);
}

function firstValue(dataSet: unknown, tag: string): unknown {
  const element = property(dataSet, tag);
  const values = property(element, "Value");
  return Array.isArray(values) ? values[0] : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
