import type { Region } from "@etalon/measure";
import { expect, test } from "vitest";
import type { Mark } from "../marks/mark.ts";
import { emptyDraft, type ReadingDraft } from "../marks/reading-draft.ts";
import { mergeDrafts } from "./merge-drafts.ts";

const region = (id: string, x: number): Region => ({
  id,
  label: "LAD",
  mode: "assign",
  shape: { kind: "sphere", centerLpsMm: [x, 0, 0], radiusMm: 1 },
});
const base: ReadingDraft = { ...emptyDraft, regions: [region("a", 0)], sections: { fr: { findings: "Avant." } } };

test("what one of the two changed is kept from that one", () => {
  const mine = { ...base, parameters: { threshold: 150 } };
  const theirs = { ...base, sections: { fr: { findings: "Après." } } };
  expect(mergeDrafts(base, mine, theirs)).toEqual({ ...base, parameters: mine.parameters, sections: theirs.sections });
});

test("what both drew is all there, once", () => {
  const drawn = (id: string): Mark => ({
    ...{ id, kind: "length", pictureId: "1.2/1", seriesInstanceUid: "1", points: [] },
  });
  const mine = { ...base, measurements: [drawn("a"), drawn("b")] };
  const theirs = { ...base, measurements: [drawn("a"), drawn("c")] };
  expect(mergeDrafts(base, mine, theirs).measurements.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  const erased = { ...theirs, measurements: [] };
  expect(mergeDrafts(theirs, theirs, erased).measurements).toEqual([]);
});

test("marks that either added are all there; a text that both wrote is mine, texts of one only are kept", () => {
  const mine = { ...base, regions: [region("a", 0), region("b", 1)], sections: { fr: { findings: "Moi." } } };
  const theirs = {
    ...base,
    regions: [region("a", 0), region("b", 2)],
    sections: { fr: { findings: "Autre.", conclusion: "Fin." } },
  };
  const merged = mergeDrafts(base, mine, theirs);
  expect(merged.regions?.map(({ id }) => id)).toEqual(["a", "b", "b-2"]);
  expect(merged.sections.fr).toEqual({ findings: "Moi.", conclusion: "Fin." });
});
