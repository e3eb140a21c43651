import type { FrameHeader } from "@etalon/dicom";
import { buildReceivedInstance } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import type { Ledger } from "./ledger.ts";

const noChoice = new Map<string, string>();

const axialAt = (z: number, frame: Partial<FrameHeader> = {}): Partial<FrameHeader> => ({
  positionLpsMm: [0, 0, z],
  ...frame,
});

const codes = (ledger: Ledger): readonly string[] => ledger.notes.map(({ code }) => code);
const detailsOf = (ledger: Ledger, code: string): unknown => ledger.notes.find((note) => note.code === code)?.details;

describe("versions of one SOP instance", () => {
  const uid = "1.2.3.9";
  const a = buildReceivedInstance("a", { sopInstanceUid: uid }, "first");
  const b = buildReceivedInstance("b", { sopInstanceUid: uid }, "second");
  const copyOfA = { ...a, path: "c" };

  it("keeps one of identical copies and says so", () => {
    const ledger = buildLedger([copyOfA, a], noChoice);
    expect(ledger.entries.map(({ path, reason }) => [path, reason?.code])).toEqual([
      ["a", undefined],
      ["c", "identical-copy"],
    ]);
    expect(detailsOf(ledger, "identical-copy-dropped")).toMatchObject({ path: "c", sameAs: "a" });
    expect(ledger.stacks[0].frames).toHaveLength(1);
  });

  it("gives one object that was named twice one place", () => {
    const ledger = buildLedger([a, a], noChoice);
    expect(ledger.entries.map(({ reason }) => reason?.code)).toEqual([undefined, "identical-copy"]);
  });

  it("places no version of one SOP instance until one is chosen, and keeps the stack they would lie in", () => {
    const ledger = buildLedger([a, b, copyOfA], noChoice);
    const hashes = [a.dataSetSha256, b.dataSetSha256].sort();
    expect(ledger.entries.map(({ reason }) => reason?.code)).toEqual([
      "undecided-version",
      "undecided-version",
      "identical-copy",
    ]);
    expect(ledger.stacks).toHaveLength(1);
    expect(ledger.stacks[0].frames).toEqual([]);
    expect(ledger.stacks[0].undecided).toMatchObject([
      { sopInstanceUid: uid, dataSetSha256: hashes, versions: hashes.map((dataSetSha256) => ({ dataSetSha256 })) },
    ]);
    expect(codes(ledger)).toContain("undecided-version");
  });

  it("lists the undecided in the stack of their neighbours", () => {
    const neighbour = buildReceivedInstance("n", { frames: [axialAt(3)] });
    const { stacks } = buildLedger([a, neighbour, b], noChoice);
    expect(stacks).toHaveLength(1);
    expect(stacks[0].slicePositionsMm).toEqual([3]);
    expect(stacks[0].undecided.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual([uid]);
  });

  it("takes the chosen version, by its hash or the beginning of it", () => {
    for (const given of [b.dataSetSha256, b.dataSetSha256.slice(0, 8), b.dataSetSha256.toUpperCase()]) {
      const ledger = buildLedger([a, b], new Map([[uid, given]]));
      expect(ledger.entries.map(({ reason }) => reason?.code)).toEqual(["not-chosen", undefined]);
      expect(ledger.stacks[0].undecided).toEqual([]);
      expect(detailsOf(ledger, "version-chosen")).toMatchObject({
        sopInstanceUid: uid,
        dataSetSha256: b.dataSetSha256,
      });
    }
  });

  it("refuses a choice of what was not received, or of too few digits", () => {
    const wrong: [string, string][] = [
      ["1.2.3.404", a.dataSetSha256],
      [uid, "0".repeat(64)],
      [uid, a.dataSetSha256.slice(0, 7)],
      [uid, ""],
    ];
    for (const choice of wrong) {
      expect(() => buildLedger([a, b], new Map([choice]))).toThrow(expect.objectContaining({ code: "unknown-choice" }));
    }
  });

  it("refuses the beginning that two versions share", () => {
    const twin = { ...b, dataSetSha256: `${a.dataSetSha256.slice(0, 10)}${"0".repeat(54)}` };
    const choose = (digits: number) => () => buildLedger([a, twin], new Map([[uid, a.dataSetSha256.slice(0, digits)]]));
    expect(choose(10)).toThrow(expect.objectContaining({ code: "unknown-choice" }));
    expect(choose(12)).not.toThrow();
  });

  it("never takes objects without a UID for versions of one another", () => {
    const nameless = [0, 3].map((z) => buildReceivedInstance(`z${z}`, { sopInstanceUid: "", frames: [axialAt(z)] }));
    expect(buildLedger(nameless, noChoice).stacks[0].slicePositionsMm).toEqual([0, 3]);
  });
});
