import type { Language, Text } from "@etalon/base";
import type { MesaStratum, Verdicts } from "@etalon/decide";
import type { StudyContext } from "@etalon/dicom";
import type { AnyProtocol, MeasuredCurve, Result } from "@etalon/measure";
import type { PriorResult, ReportReading } from "./report-reading.ts";

/** A picture that a reader should see: an RGB raster. */
export interface KeyImage {
  /** Stable within the result: "lesion-L1". */
  readonly id: string;
  /** Lesion and site it shows, as in the result's outputs. */
  readonly item?: string;
  readonly site?: string;
  readonly width: number;
  readonly height: number;
  /** RGB, three bytes a pixel, rows from the top. */
  readonly rgb: Uint8Array;
  /** The same picture as PNG. */
  readonly png: Uint8Array;
  /** The map that it shows in colour, from 0 to a highest value; absent for pictures of lesions. */
  readonly map?: {
    readonly title: Text;
    /** UCUM. */
    readonly unit: string;
    /** From 1. */
    readonly slice: number;
    readonly highest: number;
  };
  /** SOP instance it was cut from. */
  readonly sourceSopInstanceUid?: string;
}

/** An image that was measured, as other objects refer to it. */
export interface SourceInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** Position of an instance of one frame, patient LPS, mm. */
  readonly positionLpsMm?: readonly [number, number, number];
}

/** Everything that a report is a rendering of. Two equal inputs give equal documents, byte for byte. */
export interface ReportInput {
  readonly result: Result;
  /** The protocol that measured it: titles and references. */
  readonly protocol: AnyProtocol;
  /** What published guidance makes of it; `null` where nothing was asked. */
  readonly verdicts: Verdicts | null;
  readonly context: StudyContext;
  /** The images of `result.recipe.inputs`, for objects that refer to them; without them nothing is referred to. */
  readonly sources?: readonly SourceInstance[];
  readonly keyImages: readonly KeyImage[];
  /** The points of the result's curves; without them none is drawn. */
  readonly curves?: readonly MeasuredCurve[];
  /**
   * Whose percentile curves are drawn, where the person agrees that the report shows it. Without it, curves that would
   * give a withheld ethnicity away are not drawn.
   */
  readonly percentileStratum?: MesaStratum;
  /** Why the examination was asked for, in the words of who asked. */
  readonly indication?: string;
  /** What a reader made of it; absent of what a program reports by itself. */
  readonly reading?: ReportReading;
  /** What it is compared with. */
  readonly prior?: PriorResult;
  /** When the report is made, ISO 8601 with offset, given by the program: reports read no clock. */
  readonly createdAt: string;
  readonly language: Language;
}
