import type { JsonValue, Text } from "@etalon/base";

/** A synthetic DICOM file. */
export interface PhantomFile {
  /** File name without folder, such as "IM0001.dcm". */
  readonly name: string;
  /** A Part 10 file. */
  readonly bytes: Uint8Array;
}

/** What is known of a phantom without measuring it; each kind adds its own. */
export interface PhantomTruth {
  readonly schema: "etalon.phantom-truth/1";
  readonly kind: string;
}

/** Marks for the phantom, as a reader would set them (`etalon.marks/1`). */
export interface PhantomMarks {
  readonly schema: "etalon.marks/1";
  readonly revision: number;
  readonly author: { readonly name: string };
  readonly regions: readonly {
    readonly id: string;
    readonly label: string;
    readonly mode: "assign";
    readonly shape: {
      readonly kind: "sphere";
      readonly centerLpsMm: readonly [number, number, number];
      readonly radiusMm: number;
    };
  }[];
}

/** A phantom study: images, truth and marks, all a function of its options. */
export interface Phantom<Truth extends PhantomTruth = PhantomTruth> {
  /** Made one at a time while they are taken; every iteration makes the same bytes. */
  readonly files: Iterable<PhantomFile>;
  readonly truth: Truth;
  readonly marks: PhantomMarks;
  /** How many files there are. */
  readonly slices: number;
}

/** What the command line gives to any kind of phantom; absent values are the kind's own defaults. */
export interface PhantomRequest {
  readonly thicknessMm?: number;
  readonly incrementMm?: number;
  readonly kvp?: number;
  readonly seed?: number;
}

/** One kind of phantom of the catalogue. */
export interface PhantomKind {
  readonly id: string;
  readonly title: Text;
  /** The defaults that an absent value of a request means. */
  readonly defaults: Required<PhantomRequest> & { readonly [name: string]: JsonValue };
  /** @throws {InputError} what the kind refuses */
  readonly build: (request: PhantomRequest) => Phantom;
}
