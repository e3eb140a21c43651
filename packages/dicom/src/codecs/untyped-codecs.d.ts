/** The published codecs carry no types; what each factory returns is checked where it is called. */
declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  const factory: unknown;
  export = factory;
}
declare module "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs" {
  const factory: unknown;
  export = factory;
}
declare module "@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs" {
  const factory: unknown;
  export = factory;
}
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const factory: unknown;
  export = factory;
}
declare module "@cornerstonejs/codec-openjph/wasmjs" {
  const factory: unknown;
  export = factory;
}
