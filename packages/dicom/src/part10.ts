import type { DataSet } from "./data-set.ts";

/** A DICOM file as read (PS3.10 section 7). */
export interface Part10 {
  /** Group 0002; empty where the file has none. */
  readonly meta: DataSet;
  readonly dataSet: DataSet;
  /** From (0002,0010), or as the first element shows where that is absent. */
  readonly transferSyntaxUid: string;
  /** Byte after group 0002 in the file. */
  readonly dataSetOffset: number;
  /** Present where the file ends inside its pixel data: the header is whole, the pixels are not. */
  readonly isTruncated?: true;
}
