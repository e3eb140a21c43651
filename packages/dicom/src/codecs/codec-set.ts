import { EtalonError } from "@etalon/base";
import { loadCodecWasm } from "#codec-wasm";
import type { DataSet } from "../data-set.ts";
import type { FramePixels } from "../frame-pixels.ts";
import type { Fragment } from "../pixel-fragments.ts";
import type { CodecName } from "./codec-name.ts";
import type { EncodedFrame } from "./encoded-frame.ts";

/** What a compiled decoder says of the image it has decoded. */
export interface WasmFrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

/** The image that came out of a compiled decoder, copied out of its memory. */
export interface WasmFrame extends WasmFrameInfo {
  /** Samples of one byte up to 8 bits, else of two bytes, little endian. */
  readonly bytes: Uint8Array;
  /** JPEG-LS only: 0 by plane, 1 by line, 2 by sample. */
  readonly interleaveMode?: number;
}

/**
 * The codecs of one thread: compiled modules that are loaded when first needed and kept. Create one with
 * {@link createCodecSet} and hand it to every `decodeFrame`.
 */
export interface CodecSet {
  /**
   * Decodes one codestream.
   *
   * @throws EtalonError file-unreadable where the codec itself cannot be loaded: no fault of the image
   * @throws Error of the codec, whatever it is; the instance is thrown away and the next call gets a new one
   */
  readonly decodeWasm: (name: CodecName, codestream: Uint8Array) => Promise<WasmFrame>;
  /** Decodes a frame elsewhere, as in another thread, by `decodeEncodedFrame`; where absent it is decoded here. */
  readonly decodeElsewhere?: (frame: EncodedFrame) => Promise<FramePixels>;
  /** Where the fragments of each frame of an object lie, looked up once for as long as the object is held. */
  readonly fragmentsOf: (
    dataSet: DataSet,
    find: () => Promise<readonly (readonly Fragment[])[]>,
  ) => Promise<readonly (readonly Fragment[])[]>;
}

interface WasmDecoder {
  readonly getEncodedBuffer: (length: number) => Uint8Array;
  readonly getDecodedBuffer: () => Uint8Array;
  readonly decode: () => void;
  readonly getFrameInfo: () => WasmFrameInfo;
  readonly getInterleaveMode?: () => number;
  readonly delete: () => void;
}

interface WasmModule {
  readonly createDecoder: () => WasmDecoder;
  /** The error behind what the module threw: C++ exceptions come as an address in its memory. */
  readonly errorOf: (thrown: unknown) => Error;
  readonly memoryBytes: () => number;
}

/** The memory of a WebAssembly instance never shrinks; one that grew beyond this is dropped after its frame. */
const keptMemoryBytes = 256 * 1024 * 1024;

const factories: Readonly<Record<CodecName, () => Promise<{ readonly default: unknown }>>> = {
  charls: () => import("@cornerstonejs/codec-charls/decodewasmjs"),
  "libjpeg-turbo-8bit": () => import("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs"),
  openjpeg: () => import("@cornerstonejs/codec-openjpeg/decodewasmjs"),
  openjph: () => import("@cornerstonejs/codec-openjph/wasmjs"),
};

const decoderClasses: Readonly<Record<CodecName, string>> = {
  charls: "JpegLSDecoder",
  "libjpeg-turbo-8bit": "JPEGDecoder",
  openjpeg: "J2KDecoder",
  openjph: "HTJ2KDecoder",
};

/** A set of codecs with nothing loaded yet. */
export function createCodecSet(): CodecSet {
  const binaries = new Map<CodecName, Promise<Uint8Array>>();
  const modules = new Map<CodecName, Promise<WasmModule>>();
  const fragments = new WeakMap<DataSet, Promise<readonly (readonly Fragment[])[]>>();

  const moduleOf = (name: CodecName): Promise<WasmModule> => {
    const binary = binaries.get(name) ?? loadCodecWasm(name);
    binaries.set(name, binary);
    const module = modules.get(name) ?? instantiate(name, binary);
    modules.set(name, module);
    return module.catch((cause: unknown) => {
      binaries.delete(name);
      modules.delete(name);
      const received = cause instanceof Error ? cause.message : String(cause);
      throw new EtalonError("file-unreadable", { field: `codec ${name}`, received, cause });
    });
  };
  const discard = (name: CodecName): void => {
    modules.delete(name);
  };

  return {
    decodeWasm: async (name, codestream) => {
      const module = await moduleOf(name);
      try {
        const frame = decodeOne(module.createDecoder(), codestream);
        if (module.memoryBytes() > keptMemoryBytes) discard(name);
        return frame;
      } catch (thrown) {
        // After a trap or a C++ exception the instance's memory is in an unknown state.
        discard(name);
        throw module.errorOf(thrown);
      }
    },
    fragmentsOf: (dataSet, find) => {
      const found = fragments.get(dataSet) ?? find();
      fragments.set(dataSet, found);
      return found;
    },
  };
}

function decodeOne(decoder: WasmDecoder, codestream: Uint8Array): WasmFrame {
  decoder.getEncodedBuffer(codestream.length).set(codestream);
  decoder.decode();
  const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo();
  const interleaveMode = decoder.getInterleaveMode?.();
  const bytes = decoder.getDecodedBuffer().slice();
  decoder.delete();
  return {
    width,
    height,
    bitsPerSample,
    componentCount,
    ...(isSigned === undefined ? {} : { isSigned }),
    ...(interleaveMode === undefined ? {} : { interleaveMode }),
    bytes,
  };
}

async function instantiate(name: CodecName, binary: Promise<Uint8Array>): Promise<WasmModule> {
  // Together, so that neither can fail unheard while the other is awaited.
  const [{ default: factory }, wasmBinary] = await Promise.all([factories[name](), binary]);
  if (typeof factory !== "function") throw new Error(`codec ${name} exports no factory`);
  const instance: unknown = await factory({ wasmBinary, print: ignore, printErr: ignore });
  const decoderClass = property(instance, decoderClasses[name]);
  if (typeof decoderClass !== "function") throw new Error(`codec ${name} has no ${decoderClasses[name]}`);
  return {
    createDecoder: () => {
      const decoder: unknown = Reflect.construct(decoderClass, []);
      if (!isWasmDecoder(decoder)) throw new Error(`codec ${name}: ${decoderClasses[name]} is not what is expected`);
      return decoder;
    },
    errorOf: (thrown) => {
      if (thrown instanceof Error) return thrown;
      const explain = property(instance, "getExceptionMessage");
      const message: unknown = typeof explain === "function" ? explain(thrown) : undefined;
      return new Error(typeof message === "string" ? message : "the codestream is damaged");
    },
    memoryBytes: () => {
      const memory = property(instance, "HEAPU8");
      return memory instanceof Uint8Array ? memory.length : Number.POSITIVE_INFINITY;
    },
  };
}

function isWasmDecoder(value: unknown): value is WasmDecoder {
  return ["getEncodedBuffer", "getDecodedBuffer", "decode", "getFrameInfo", "delete"].every(
    (method) => typeof property(value, method) === "function",
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function ignore(): void {}
