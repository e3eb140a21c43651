import { type ReadingPlace, type ReadingState, readReading, startRun } from "../api/readings.ts";

/** Milliseconds between two questions how far the server's run is. */
const askEveryMs = 500;

/**
 * Has a version measured by the server, and waits for the end of it.
 *
 * @throws {ApiError} what the server says
 * @throws {Error} with the code of what could not be measured
 */
export async function runOnServer(place: ReadingPlace, version: number): Promise<ReadingState> {
  let state = await startRun(place, version);
  while (state.run?.state === "queued" || state.run?.state === "running") {
    await new Promise((settle) => setTimeout(settle, askEveryMs));
    state = (await readReading(place)) ?? state;
  }
  if (state.run?.errorCode !== null) throw new Error(state.run?.errorCode ?? "");
  return state;
}

/** Digest of the result that the server has of a reading: the signed one, else the last run's. */
export function serverDigest(state: ReadingState | undefined): string | undefined {
  if (state?.signature) return state.signature.digest;
  return state?.run?.state === "done" ? (state.run.digest ?? undefined) : undefined;
}
