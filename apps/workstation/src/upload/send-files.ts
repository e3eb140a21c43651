import { ApiError } from "../api/api-error.ts";
import { storeObject } from "../api/store.ts";
import { type GivenFile, gatherFiles } from "./gather-files.ts";
import type { Refused, UploadEvent } from "./upload-state.ts";

/** Files that are sent at the same time. */
const atOnce = 4;

/** Sends files to the archive, telling what becomes of each. Settles when all is done, or was cancelled. */
export async function sendFiles(
  given: readonly GivenFile[],
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (event: UploadEvent) => void },
): Promise<void> {
  const { files, leftOut } = await gatherFiles(given);
  const refused: Refused[] = leftOut.map(({ path, reason }) => ({ path, code: reason, reason: "" }));
  tell({ kind: "gathered", total: files.length + refused.length, refused });
  const waiting = files.values();
  const send = async (): Promise<void> => {
    for (const { path, bytes } of waiting) {
      if (signal.aborted) return;
      tell(await outcomeOf(path, async () => storeObject(await bytes(), signal)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send)).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  tell({ kind: signal.aborted ? "cancelled" : "ended" });
}

async function outcomeOf(path: string, store: () => ReturnType<typeof storeObject>): Promise<UploadEvent> {
  try {
    const outcome = await store();
    if (outcome.kind === "stored") return { kind: "stored" };
    return { kind: "refused", refused: { path, code: outcome.code, reason: outcome.reason } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { kind: "refused", refused: { path, code: error.code, reason: error.message } };
  }
}
