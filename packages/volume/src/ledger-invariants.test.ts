import { sha256Hex } from "@etalon/base";
import type { FrameHeader } from "@etalon/dicom";
import { buildInstanceHeader, buildReceivedInstance } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import type { ReceivedInstance } from "./received.ts";

const noChoice = new Map<string, string>();

const axialAt = (z: number, frame: Partial<FrameHeader> = {}): Partial<FrameHeader> => ({
  positionLpsMm: [0, 0, z],
  ...frame,
});

const arbitraryReceived = fc.array(
  fc.record({
    uid: fc.integer({ min: 0, max: 12 }),
    content: fc.constantFrom("x", "y"),
    z: fc.constantFrom(0, 1, 2, 3.5),
    series: fc.constantFrom("1.1", "1.2"),
    orientation: fc.constantFrom([1, 0, 0, 0, 1, 0] as const, [0, 1, 0, 0, 0, -1] as const),
    axes: fc.constantFrom({}, { acquisitionNumber: 1 }, { acquisitionNumber: 2 }, { triggerTimeMs: 5 }),
    isImage: fc.boolean(),
    hasPlace: fc.boolean(),
  }),
  { maxLength: 24 },
);

function receiveArbitrary(all: typeof arbitraryReceived extends fc.Arbitrary<infer T> ? T : never): ReceivedInstance[] {
  return all.map(({ uid, content, z, series, orientation, axes, isImage, hasPlace }, i) => {
    const { positionLpsMm: _, ...noPlace } = buildInstanceHeader().frames[0];
    const header = buildInstanceHeader({
      sopInstanceUid: `1.2.${uid}`,
      seriesInstanceUid: series,
      frames: [axialAt(z, { orientation, axes })],
      ...(isImage ? {} : { rows: 0, columns: 0, hasPixelData: false, frames: [] }),
    });
    const instance = buildReceivedInstance(`p${i}`, {});
    const placed = hasPlace || !isImage ? header : { ...header, frames: [noPlace] };
    return { ...instance, header: placed, dataSetSha256: sha256Hex(JSON.stringify(placed) + content) };
  });
}

describe("any ledger", () => {
  it("gives everything received a place or a reason, never both, and every placed frame one slice", () => {
    fc.assert(
      fc.property(arbitraryReceived, (all) => {
        const received = receiveArbitrary(all);
        const ledger = buildLedger(received, noChoice);
        expect(ledger.entries).toHaveLength(received.length);
        let places = 0;
        for (const entry of ledger.entries) {
          expect(entry.places.length > 0).toBe(entry.reason === undefined);
          for (const { sliceIndexes } of entry.places) places += sliceIndexes.length;
        }
        expect(places).toBe(ledger.stacks.reduce((sum, { frames }) => sum + frames.length, 0));
        expect(new Set(ledger.stacks.map(({ id }) => id)).size).toBe(ledger.stacks.length);
      }),
    );
  });

  it("does not depend on the order in which files come", () => {
    fc.assert(
      fc.property(
        arbitraryReceived.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
        ),
        ([all, order]) => {
          const received = receiveArbitrary(all);
          const shuffled = order.map((i) => received[i]);
          expect(buildLedger(shuffled, noChoice)).toEqual(buildLedger(received, noChoice));
        },
      ),
    );
  });

  it("sorts 10 000 objects in one pass per step", () => {
    const received = Array.from({ length: 10_000 }, (_, i) =>
      buildReceivedInstance(`${i}`, {
        seriesInstanceUid: `1.2.${i % 7}`,
        frames: [axialAt((i * 7919) % 10_000, { axes: { acquisitionNumber: i } })],
      }),
    );
    const started = performance.now();
    const { entries } = buildLedger(received, noChoice);
    // Measured 0.15 s; a quadratic step over 10 000 objects takes longer than this bound.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(entries.every(({ places }) => places.length === 1)).toBe(true);
  });
});
