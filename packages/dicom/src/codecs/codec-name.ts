/** The compiled codecs, by the name of their npm package without `@cornerstonejs/codec-`. */
export type CodecName = "charls" | "libjpeg-turbo-8bit" | "openjpeg" | "openjph";
