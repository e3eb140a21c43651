import type { CodecName } from "../packages/dicom/src/codecs/codec-name.ts";
import { loadCodecWasm } from "../packages/dicom/src/codecs/codec-wasm.node.ts";

/** Every compiled codec; the type sees to it that none is forgotten. */
const codecs: Readonly<Record<CodecName, CodecName>> = {
  charls: "charls",
  "libjpeg-turbo-8bit": "libjpeg-turbo-8bit",
  openjpeg: "openjpeg",
  openjph: "openjph",
};

/** The WebAssembly of every codec by the path under which a bundle or a page looks for it. */
export async function codecWasmFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of Object.values(codecs)) files.set(`codec-wasm/${name}.wasm`, await loadCodecWasm(name));
  return files;
}
