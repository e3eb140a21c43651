import type { WasmName } from "./codec-name.ts";

/** The WebAssembly file of a codec, which the page serves as `codec-wasm/<name>.wasm` beside itself (a worker: beside its script). */
export async function loadCodecWasm(name: WasmName): Promise<Uint8Array> {
  const url = new URL(`codec-wasm/${name}.wasm`, self.location.href);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
