import { EtalonError } from "@etalon/base";
import { expect, it } from "vitest";
import { createCodecSet } from "./codec-set.ts";
import { createJpegEncoder } from "./jpeg-encoder.ts";

const encoder = createJpegEncoder();

/** Horizontal and vertical ramps, which JPEG keeps nearly as they are: no edge, no noise. */
function ramp(width: number, height: number, channels: 1 | 3): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    return [4 * x, 4 * y, 2 * (x + y)][index % channels] ?? 0;
  });
}

it.each([1, 3] as const)(
  "writes %i channels that decode to what they were, within 6 of 255 at quality 95",
  async (channels) => {
    const samples = ramp(33, 21, channels);
    const bytes = await encoder.encode({ width: 33, height: 21, channels, samples }, 95);
    // Start and end of image (ITU-T T.81, table B.1).
    expect([bytes[0], bytes[1], bytes.at(-2), bytes.at(-1)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
    const decoded = await createCodecSet().decodeWasm("libjpeg-turbo-8bit", bytes);
    expect([decoded.width, decoded.height, decoded.componentCount]).toEqual([33, 21, channels]);
    const worst = samples.reduce((most, value, at) => Math.max(most, Math.abs(value - (decoded.bytes[at] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(6);
  },
);

it.each([
  [1, 1],
  [6, 4],
  [8, 8],
  [1, 300],
  [17, 33],
  [64, 64],
])("writes noise of %i × %i pixels at quality 100, larger than the picture itself", async (width, height) => {
  for (const channels of [1, 3] as const) {
    // A linear congruential generator (Numerical Recipes): JPEG cannot make it smaller.
    let state = 1;
    const samples = Uint8Array.from({ length: width * height * channels }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
    const bytes = await encoder.encode({ width, height, channels, samples }, 100);
    expect(bytes.length).toBeGreaterThan(samples.length);
    const decoded = await createCodecSet().decodeWasm("libjpeg-turbo-8bit", bytes);
    expect([decoded.width, decoded.height]).toEqual([width, height]);
  }
});

it("writes fewer bytes at a lower quality", async () => {
  const picture = { width: 64, height: 64, channels: 1, samples: ramp(64, 64, 1) } as const;
  expect((await encoder.encode(picture, 10)).length).toBeLessThan((await encoder.encode(picture, 100)).length);
});

it.each([
  [{ width: 0, height: 2, channels: 1, samples: new Uint8Array(0) }, 90, "width"],
  [{ width: 2, height: 65_501, channels: 1, samples: new Uint8Array(0) }, 90, "height"],
  [{ width: 2, height: 2, channels: 3, samples: new Uint8Array(4) }, 90, "samples"],
  [{ width: 2, height: 2, channels: 1, samples: new Uint8Array(4) }, 0, "quality"],
] as const)("refuses %j at %i", async (picture, quality, field) => {
  const thrown = await encoder.encode(picture, quality).catch((error: unknown) => error);
  expect(thrown instanceof EtalonError && [thrown.code, thrown.field]).toEqual(["out-of-range", field]);
});
