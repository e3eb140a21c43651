import { expect, test } from "vitest";
import type { ReadingState } from "../api/readings.ts";
import { serverDigest } from "./run-on-server.ts";

const draft: ReadingState = {
  ...{ protocol: "cardiac/t1-map", status: "reading", version: 2, preliminary: null, signing: null, signature: null },
  addenda: [],
  run: { version: 2, analysisId: 1, state: "done", progress: 1, errorCode: null, digest: "aa" },
};

test("the server's result is the signed one, else that of its last run, once that is done", () => {
  const by = { name: "Dr Anne Le Goff" };
  const signature = { version: 1, digest: "bb", signedAt: "", by, organization: null, editions: [] };
  expect(serverDigest({ ...draft, signature })).toBe("bb");
  expect(serverDigest(draft)).toBe("aa");
  expect(serverDigest({ ...draft, run: draft.run && { ...draft.run, state: "running" } })).toBeUndefined();
  expect(serverDigest({ ...draft, run: null })).toBeUndefined();
  expect(serverDigest(undefined)).toBeUndefined();
});
