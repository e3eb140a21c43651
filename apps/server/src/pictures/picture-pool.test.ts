import { DicomError } from "@etalon/base";
import type { EncodedFrame } from "@etalon/dicom";
import { afterAll, describe, expect, it } from "vitest";
import type { Drawing } from "./drawing.ts";
import { makePicturesHere } from "./make-pictures-here.ts";
import { openPicturePool, type PictureLimits, type PicturePool, usualPictureLimits } from "./picture-pool.ts";

const opened: PicturePool[] = [];
afterAll(() => Promise.all(opened.map((pool) => pool.close())));

function open(limits: Partial<PictureLimits> = {}): PicturePool {
  const pool = openPicturePool({ ...usualPictureLimits, ...limits });
  opened.push(pool);
  return pool;
}

/** A frame of 16-bit grey, its values counted from 0. */
function frameOf(side: number, transferSyntaxUid = "1.2.840.10008.1.2.1"): EncodedFrame {
  const samples = Uint16Array.from({ length: side * side }, (_, index) => index % 4096);
  return {
    file: "1.2.3",
    frameIndex: 0,
    transferSyntaxUid,
    isLossy: false,
    bytes: new Uint8Array(samples.buffer),
    layout: {
      rows: side,
      columns: side,
      samplesPerPixel: 1,
      bitsAllocated: 16,
      bitsStored: 12,
      highBit: 11,
      isSigned: false,
      isFloat: false,
      planarConfiguration: 0,
      photometricInterpretation: "MONOCHROME2",
    },
  };
}

async function decoded(pool: PicturePool, frame: EncodedFrame) {
  if (pool.codecs.decodeElsewhere === undefined) throw new Error("a pool decodes elsewhere");
  return pool.codecs.decodeElsewhere(frame);
}

function drawingOf(pixels: Drawing["pixels"], side: number): Drawing {
  const display = { rescaleSlope: 1, rescaleIntercept: 0, isInverted: false };
  const viewport = { width: side, height: side };
  return { file: "1.2.3", pixels, bitsStored: 12, display, palettes: {}, viewport, type: "image/png", quality: 90 };
}

describe("pictures from other threads", () => {
  it("are those of this one, and the caller keeps its bytes", async () => {
    const pool = open({ threads: 2 });
    const frame = frameOf(64);
    const pixels = await Promise.all(Array.from({ length: 8 }, () => decoded(pool, frame)));
    expect(frame.bytes).toHaveLength(64 * 64 * 2);
    for (const { samples } of pixels) expect(samples).toEqual(new Uint16Array(frame.bytes.buffer));
    const [first] = pixels;
    if (first === undefined) throw new Error("none");
    const here = await makePicturesHere().draw(drawingOf({ ...first, samples: first.samples.slice() }, 32));
    expect(await pool.draw(drawingOf(first, 32))).toEqual(new Uint8Array(here));
  });

  it("fail with the error that the codec gave, and the thread goes on", async () => {
    const pool = open({ threads: 1 });
    const broken = frameOf(64, "1.2.840.10008.1.2.4.80");
    const failure = await decoded(pool, broken).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(DicomError);
    expect(failure).toMatchObject({ code: "codec-failed", details: { file: "1.2.3", frame: 0 } });
    expect((await decoded(pool, frameOf(2))).rows).toBe(2);
  });

  it("are given up after their time, and the next has a new thread", async () => {
    const pool = open({ threads: 1, seconds: 0 });
    await expect(decoded(pool, frameOf(64))).rejects.toMatchObject({ code: "time-exceeded", field: "1.2.3" });
    await expect(decoded(pool, frameOf(64))).rejects.toMatchObject({ code: "time-exceeded" });
  });

  it("that need more heap than they may have end alone", async () => {
    const pool = open({ threads: 1, heapMb: 64 });
    const pixels = await decoded(pool, frameOf(64));
    // Five million columns, each with its weights: hundreds of megabytes before the first pixel.
    const drawing = drawingOf({ ...pixels, samples: pixels.samples.slice() }, 5_000_000);
    await expect(pool.draw(drawing)).rejects.toMatchObject({ code: "memory-exceeded", received: 64 });
    expect(await pool.draw(drawingOf(pixels, 8))).toBeInstanceOf(Uint8Array);
  });

  it("wait in a queue that has an end, and are read only when it is nearly their turn", async () => {
    const states = (results: readonly PromiseSettledResult<unknown>[]) =>
      results.map((result) => (result.status === "rejected" ? Reflect.get(result.reason, "code") : "done"));
    const pool = open({ threads: 1, waiting: 2 });
    // One is under way and two wait.
    const asked = Array.from({ length: 4 }, () => decoded(pool, frameOf(16)));
    expect(states(await Promise.allSettled(asked))).toEqual(["done", "done", "done", "server-busy"]);
    let [running, most] = [0, 0];
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await decoded(pool, frameOf(16));
      running -= 1;
    };
    const turns = await Promise.allSettled(Array.from({ length: 5 }, () => pool.inTurn(work)));
    expect([states(turns), most]).toEqual([["done", "done", "done", "done", "server-busy"], 2]);
  });

  it("are no more made once the pool is closed: what runs and waits ends with an error", async () => {
    const pool = open({ threads: 1 });
    const asked = [decoded(pool, frameOf(64)), decoded(pool, frameOf(64))];
    const settled = Promise.allSettled(asked);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(decoded(pool, frameOf(2))).rejects.toMatchObject({ code: "server-busy" });
  });
});
