import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { WasmName } from "./codec-name.ts";

const wasmExports: Readonly<Record<WasmName, string>> = {
  charls: "@cornerstonejs/codec-charls/decodewasm",
  "libjpeg-turbo-8bit": "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm",
  "libjpeg-turbo-8bit-encoder": "@cornerstonejs/codec-libjpeg-turbo-8bit/wasm",
  openjpeg: "@cornerstonejs/codec-openjpeg/decodewasm",
  openjph: "@cornerstonejs/codec-openjph/wasm",
};

/** The WebAssembly file of a codec, out of node_modules. */
export async function loadCodecWasm(name: WasmName): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve(wasmExports[name]));
}
