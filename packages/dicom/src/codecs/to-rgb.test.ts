import { describe, expect, it } from "vitest";
import type { FramePixels } from "../frame-pixels.ts";
import { toRgb } from "./to-rgb.ts";

function pixelsOf(pixels: Pick<FramePixels, "samples" | "photometricInterpretation"> & { perPixel?: number }) {
  const samplesPerPixel = pixels.perPixel ?? 3;
  const columns = pixels.samples.length / samplesPerPixel;
  const { samples, photometricInterpretation } = pixels;
  return { rows: 1, columns, samplesPerPixel, samples, photometricInterpretation, isLossy: false };
}

const context = { file: "made", dataSet: {} };

describe("toRgb", () => {
  it("turns YBR_FULL into RGB by the inverse of PS3.3 C.7.6.3.1.2", () => {
    // Y 76, Cb 85, Cr 255 is red by the standard's forward equations (0.299·255 = 76.2 …); 254 after rounding of Y.
    const red = pixelsOf({ samples: Uint8Array.of(76, 85, 255), photometricInterpretation: "YBR_FULL" });
    expect([...toRgb(red, context).samples]).toEqual([254, 0, 0]);
    const grey = pixelsOf({ samples: Uint8Array.of(120, 128, 128), photometricInterpretation: "YBR_FULL" });
    expect([...toRgb(grey, context).samples]).toEqual([120, 120, 120]);
  });

  it("looks palette colours up, the first and last entry beyond the table", () => {
    const palette = (bytes: readonly number[]) => ({ vr: "OW", bytes: Uint8Array.from(bytes) });
    const descriptor = { vr: "US", Value: [2, 10, 16] };
    const dataSet = {
      "00281101": descriptor,
      "00281102": descriptor,
      "00281103": descriptor,
      "00281201": palette([0x01, 0x02, 0x03, 0x04]),
      "00281202": palette([0x11, 0x12, 0x13, 0x14]),
      "00281203": palette([0x21, 0x22, 0x23, 0x24]),
    };
    const indices = pixelsOf({
      samples: Uint8Array.of(0, 10, 11, 200),
      photometricInterpretation: "PALETTE COLOR",
      perPixel: 1,
    });
    const first = [0x0201, 0x1211, 0x2221];
    const last = [0x0403, 0x1413, 0x2423];
    const rgb = toRgb(indices, { file: "made", dataSet });
    expect([...rgb.samples]).toEqual([...first, ...first, ...last, ...last]);
    expect(rgb.photometricInterpretation).toBe("RGB");
  });

  it("refuses what has no colours, and a palette that is absent", () => {
    const grey = pixelsOf({ samples: Uint8Array.of(1), photometricInterpretation: "MONOCHROME2", perPixel: 1 });
    expect(() => toRgb(grey, context)).toThrow(expect.objectContaining({ code: "unsupported-pixel-format" }));
    const palette = { ...grey, photometricInterpretation: "PALETTE COLOR" };
    expect(() => toRgb(palette, context)).toThrow(expect.objectContaining({ code: "missing-attribute" }));
  });
});
