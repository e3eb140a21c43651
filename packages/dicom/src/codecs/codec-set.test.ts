import { afterEach, describe, expect, it, vi } from "vitest";
import { createCodecSet } from "./codec-set.ts";
import type { EncodedFrame } from "./encoded-frame.ts";
import { decodeWasmSamples } from "./wasm-samples.ts";

const { loadCodecWasm } = vi.hoisted(() => ({ loadCodecWasm: vi.fn() }));
vi.mock("#codec-wasm", () => ({ loadCodecWasm }));
afterEach(() => {
  loadCodecWasm.mockReset();
});

const frame: EncodedFrame = {
  file: "made",
  frameIndex: 0,
  transferSyntaxUid: "1.2.840.10008.1.2.4.90",
  isLossy: false,
  bytes: new Uint8Array(0),
  layout: {
    rows: 1,
    columns: 1,
    samplesPerPixel: 1,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    isSigned: false,
    isFloat: false,
    planarConfiguration: 0,
    photometricInterpretation: "MONOCHROME2",
  },
};

describe("a codec that cannot be loaded", () => {
  it("is named as such, not taken for a damaged image, and asked for again next time", async () => {
    loadCodecWasm.mockRejectedValue(new Error("HTTP 404"));
    const codecs = createCodecSet();
    const shape = { rows: 1, columns: 1, components: 1, precision: 8 };
    const request = { name: "openjpeg", codestream: frame.bytes, shape, isSigned: false } as const;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(decodeWasmSamples(frame, codecs, request)).rejects.toMatchObject({
        code: "file-unreadable",
        field: "codec openjpeg",
        received: "HTTP 404",
      });
      expect(loadCodecWasm).toHaveBeenCalledTimes(attempt);
    }
  });
});
