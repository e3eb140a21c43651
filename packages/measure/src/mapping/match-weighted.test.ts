import { buildReceivedInstance, type HeaderOverrides } from "@etalon/testing";
import { buildLedger } from "@etalon/volume";
import { expect, test } from "vitest";
import { matchHeartMr } from "../cardiac/heart-match.ts";
import type { RoleMatch } from "../protocol.ts";
import { matchWeighted } from "./match-weighted.ts";

function matches(header: HeaderOverrides): readonly RoleMatch[] {
  const [stack] = buildLedger([buildReceivedInstance("a", { modality: "MR", ...header })], new Map()).stacks;
  if (stack === undefined) throw new Error("no stack");
  return [matchWeighted(stack), matchHeartMr(stack)];
}

test("magnitudes of the heart are fitted, phases and maps of the scanner are not", () => {
  expect(matches({ imageType: ["ORIGINAL", "PRIMARY", "M"] })[0]).toEqual({ fits: true, rank: 0 });
  expect(matches({ imageType: ["ORIGINAL", "PRIMARY", "P"] })[0]).toEqual({ fits: false, reason: "not-magnitude" });
  expect(matches({ imageType: ["DERIVED", "PRIMARY", "T1 MAP"] })[0]).toMatchObject({ reason: "map-of-the-scanner" });
});

test("a Parametric Map (PS3.4 B.5) is fitted by nothing, and measured where the reader names it", () => {
  const reason = "parametric-map";
  expect(matches({ sopClassUid: "1.2.840.10008.5.1.4.1.1.30" })).toEqual([
    { fits: false, reason },
    { fits: false, reason, mayBeChosen: true },
  ]);
});
