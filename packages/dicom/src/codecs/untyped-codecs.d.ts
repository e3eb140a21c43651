/** The published codecs carry no types; what each factory returns is checked where it is called. */
declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  const factory: unknown;
  export = factory;
}
declare module "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs" {
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

/** The part of jpeg-lossless-decoder-js 2.1 that is used here; its own declaration file is missing from the package. */
declare module "jpeg-lossless-decoder-js" {
  export class Decoder {
    constructor(buffer?: ArrayBuffer | null, numBytes?: number);
    decode(buffer: ArrayBuffer, offset: number, length: number): Uint8Array | Uint16Array | null;
    getPreviousX(component?: number): number;
    getPreviousY(component?: number): number;
    select7(component?: number): number;
    readonly stream: { readonly index: number } | null;
    readonly xDim: number;
    readonly yLoc: number;
    readonly yDim: number;
  }
}
