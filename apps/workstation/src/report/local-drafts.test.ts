import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyDraft } from "../marks/reading-draft.ts";
import { forgetDraft, keepDraft, keptDraft } from "./local-drafts.ts";

const place = { studyInstanceUid: "1.2", protocolId: "coronary/calcium-score" };
const draft = { ...emptyDraft, numbers: { height: 170 } };
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([undefined, 4])("a draft made from version %s comes back as it was, until it is forgotten", (base) => {
  expect(keepDraft(place, { draft, base })).toBe(true);
  expect(keptDraft(place)).toEqual({ draft, base });
  forgetDraft(place);
  expect(keptDraft(place)).toBeUndefined();
});

test("each study and protocol has a draft of its own", () => {
  keepDraft(place, { draft, base: 1 });
  expect(keptDraft({ ...place, studyInstanceUid: "1.3" })).toBeUndefined();
  expect(keptDraft({ ...place, protocolId: "cardiac/lv-function" })).toBeUndefined();
});

test.each(["", "{", "null", '{"document":{"schema":"etalon.reading/9"}}'])("%j is no draft", (text) => {
  keepDraft(place, { draft, base: 1 });
  for (const key of kept.keys()) kept.set(key, text);
  expect(keptDraft(place)).toBeUndefined();
});

test("a store that is full is said, not thrown", () => {
  vi.stubGlobal("localStorage", {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  expect(keepDraft(place, { draft, base: 1 })).toBe(false);
});
