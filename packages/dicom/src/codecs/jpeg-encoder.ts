import { EtalonError, InputError } from "@etalon/base";
import { loadCodecWasm } from "#codec-wasm";

/** An 8-bit picture: rows from the top, samples of a pixel together. */
export interface JpegPicture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 red, green and blue. */
  readonly channels: 1 | 3;
  /** Shape [height, width, channels]. */
  readonly samples: Uint8Array;
}

/** Writes JPEG by libjpeg-turbo, which is loaded when first needed and kept. */
export interface JpegEncoder {
  /**
   * A baseline JPEG of a picture, its chroma at full resolution.
   *
   * @param quality 1 to 100, libjpeg's scale
   * @throws InputError `out-of-range` (sides over 65 500, a quality beyond its scale, samples of another number)
   * @throws EtalonError `file-unreadable` where the codec cannot be loaded
   */
  readonly encode: (picture: JpegPicture, quality: number) => Promise<Uint8Array>;
}

interface WasmEncoder {
  readonly getDecodedBuffer: (info: object) => Uint8Array;
  readonly getEncodedBuffer: () => Uint8Array;
  readonly encode: () => void;
  readonly setProgressive: (isProgressive: number) => void;
  readonly setQuality: (quality: number) => void;
  readonly setSubSampling: (subSampling: number) => void;
  readonly delete: () => void;
}

/** libjpeg's JPEG_MAX_DIMENSION. */
const longestSide = 65_500;
/** TJSAMP_444 and TJSAMP_GRAY of turbojpeg.h. */
const subSamplings = { 1: 3, 3: 0 } as const;

/** An encoder with nothing loaded yet. */
export function createJpegEncoder(): JpegEncoder {
  let loading: Promise<() => WasmEncoder> | undefined;
  const encoderFactory = (): Promise<() => WasmEncoder> => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      const received = cause instanceof Error ? cause.message : String(cause);
      throw new EtalonError("file-unreadable", { field: "codec libjpeg-turbo-8bit", received, cause });
    });
    return loading;
  };
  return {
    encode: async (picture, quality) => {
      check(picture, quality);
      const { info, channels, samples } = encoderInput(picture);
      const encoder = (await encoderFactory())();
      try {
        encoder.getDecodedBuffer(info).set(samples);
        encoder.setProgressive(0);
        encoder.setQuality(quality);
        encoder.setSubSampling(subSamplings[channels]);
        encoder.encode();
        return encoder.getEncodedBuffer().slice();
      } catch (thrown) {
        // After a trap or a C++ exception the instance's memory is in an unknown state.
        loading = undefined;
        throw thrown instanceof Error ? thrown : new Error("libjpeg-turbo could not encode");
      } finally {
        if (loading !== undefined) encoder.delete();
      }
    },
  };
}

/** libjpeg-turbo's bound of what a picture can become: bytes for each pixel of whole blocks, and for its header. */
const boundPerPixel = { 1: 2, 3: 6 } as const;
const boundOfHeader = 2048;
const blockSide = 16;
/** BitsPerSample is kept in one byte, and so is ComponentCount. */
const mostBytesPerSample = 31;
const mostComponents = 255;

/**
 * The picture as the encoder takes it without harm: it writes the JPEG into a buffer as long as its input, unchecked. So the
 * input is said to be as long as any JPEG of it can get; only the pixels at its start are read. Grey pictures of a few pixels
 * are written as RGB, since only there enough can be said.
 */
function encoderInput(picture: JpegPicture) {
  const { width, height, channels, samples } = picture;
  const blocks = (side: number): number => Math.ceil(side / blockSide) * blockSide;
  const bound = (count: 1 | 3): number =>
    Math.ceil((boundPerPixel[count] * blocks(width) * blocks(height) + boundOfHeader) / (width * height));
  if (channels === 1 && bound(1) > mostBytesPerSample) {
    const grey = Uint8Array.from({ length: 3 * samples.length }, (_, at) => samples[Math.floor(at / 3)] ?? 0);
    return encoderInputOf({ width, height, channels: 3, samples: grey }, bound(3));
  }
  return encoderInputOf(picture, bound(channels));
}

function encoderInputOf({ width, height, channels, samples }: JpegPicture, bytesPerPixel: number) {
  const needsMore = channels === 3 && bytesPerPixel > 3 * mostBytesPerSample;
  const componentCount = needsMore ? mostComponents : channels;
  const bitsPerSample = 8 * Math.ceil(bytesPerPixel / componentCount);
  const info = { width, height, bitsPerSample, componentCount, subSampling: subSamplings[channels], isSigned: false };
  return { info, channels, samples };
}

function check({ width, height, channels, samples }: JpegPicture, quality: number): void {
  for (const [field, side] of Object.entries({ width, height })) {
    if (!Number.isInteger(side) || side < 1 || side > longestSide)
      throw new InputError("out-of-range", field, side, `1..${longestSide}`);
  }
  if (!Number.isInteger(quality) || quality < 1 || quality > 100)
    throw new InputError("out-of-range", "quality", quality, "1..100");
  const count = width * height * channels;
  if (samples.length !== count) throw new InputError("out-of-range", "samples", samples.length, `= ${count}`);
}

async function load(): Promise<() => WasmEncoder> {
  const [{ default: factory }, wasmBinary] = await Promise.all([
    import("@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs"),
    loadCodecWasm("libjpeg-turbo-8bit-encoder"),
  ]);
  if (typeof factory !== "function") throw new Error("the codec exports no factory");
  const silent = (): void => {};
  const instance: unknown = await factory({ wasmBinary, print: silent, printErr: silent });
  const encoderClass: unknown =
    typeof instance === "object" && instance !== null ? Reflect.get(instance, "JPEGEncoder") : undefined;
  if (typeof encoderClass !== "function") throw new Error("the codec has no JPEGEncoder");
  return () => {
    const encoder: unknown = Reflect.construct(encoderClass, []);
    if (!isEncoder(encoder)) throw new Error("JPEGEncoder is not what is expected");
    return encoder;
  };
}

function isEncoder(value: unknown): value is WasmEncoder {
  const methods = ["getDecodedBuffer", "getEncodedBuffer", "encode", "setQuality", "setSubSampling", "delete"];
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((method) => typeof Reflect.get(value, method) === "function")
  );
}
