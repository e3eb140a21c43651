/** The compiled codecs, by the name of their npm package without `@cornerstonejs/codec-`. */
export type CodecName = "charls" | "libjpeg-turbo-8bit" | "openjpeg" | "openjph";

/** Every WebAssembly file: the decoders, and the one that writes JPEG, which pages do not need. */
export type WasmName = CodecName | "libjpeg-turbo-8bit-encoder";
