import type { ErrorCode, ErrorDetails, JsonValue } from "@etalon/base";
import type { FrameHeader, InstanceHeader } from "@etalon/dicom";

/** One thing that was received: a file, a ZIP entry. */
export interface LedgerEntry {
  /** Path as given by the user, with "archive.zip!entry" for ZIP entries. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes received. */
  readonly fileSha256?: string;
  /** SHA-256 of everything after group 0002. */
  readonly dataSetSha256?: string;
  readonly sopInstanceUid?: string;
  readonly seriesInstanceUid?: string;
  /** Where its frames are; several when the frames of one object lie in several stacks. */
  readonly places: readonly Place[];
  /** Why it has no place; absent exactly when `places` is not empty. */
  readonly reason?: UnplacedReason;
}

/** Frames of one instance in one stack. */
export interface Place {
  readonly stackId: string;
  /** Index along the slice axis of each of its frames there, in frame order. */
  readonly sliceIndexes: readonly number[];
}

/** Why something received takes no part: a code, and the error that says it in full where one was raised. */
export interface UnplacedReason {
  readonly code:
    | "not-dicom"
    | "unreadable"
    | "media-directory"
    | "side-file"
    | "not-an-image"
    | "no-geometry"
    | "identical-copy"
    | "not-chosen"
    | "undecided-version";
  readonly errorCode?: ErrorCode;
  readonly details?: ErrorDetails;
}

/** One repair or oddity found while sorting; nothing is mended silently. */
export interface LedgerNote {
  readonly code:
    | "identical-copy-dropped"
    | "undecided-version"
    | "version-chosen"
    | "duplicate-position"
    | "missing-slices"
    | "variable-spacing"
    | "gantry-tilt"
    | "mixed-orientation"
    | "split-by-acquisition"
    | "split-by-geometry"
    | "split-by-image-type"
    | "axis-found"
    | "phases-in-trigger-order"
    | "spacing-from-pixdim"
    | "side-file-read"
    | "frame-of-reference-ignored"
    | "variable-thickness"
    | "frames-without-geometry"
    | "truncated-pixel-data";
  readonly seriesInstanceUid?: string;
  readonly stackId?: string;
  readonly details: { readonly [key: string]: JsonValue };
}

/** One frame in its stack. */
export interface StackFrame {
  readonly instance: StackInstance;
  readonly header: FrameHeader;
  /** Signed distance of the frame along the stack's normal, mm. */
  readonly alongNormalMm: number;
}

/** The instance a frame comes from. */
export interface StackInstance {
  readonly path: string;
  /** What kind of file it is; DICOM when absent. */
  readonly kind?: "nifti";
  readonly dataSetSha256: string;
  readonly header: InstanceHeader;
}

/** One SOP Instance UID with several different data sets and no choice between them. */
export interface UndecidedInstance {
  readonly sopInstanceUid: string;
  /** Hashes of the versions, ascending. */
  readonly dataSetSha256: readonly string[];
  /** The versions, in the order of their hashes. */
  readonly versions: readonly StackInstance[];
}

/** The axes besides space along which a stack's frames may differ, with UCUM unit. */
export interface StackAxis {
  readonly name: keyof FrameHeader["axes"];
  readonly unit: string;
  /** Distinct coordinates, ascending. */
  readonly coordinates: readonly (number | string)[];
}

/** Frames of one series with the same orientation, matrix and spacing: a volume, or volumes along further axes. */
export interface Stack {
  /** Stable whatever the order of the files: series UID, then "/1", "/2" when the series has several stacks. */
  readonly id: string;
  readonly seriesInstanceUid: string;
  readonly rows: number;
  readonly columns: number;
  /** Between rows, then between columns, mm. */
  readonly pixelSpacingMm: readonly [number, number];
  readonly rowDirection: readonly [number, number, number];
  readonly columnDirection: readonly [number, number, number];
  /**
   * rowDirection × columnDirection, turned round where needed so that its largest component is positive: slices ascend
   * towards the head (axial), the left (sagittal) or the back (coronal). It may thus be minus the cross product.
   */
  readonly normal: readonly [number, number, number];
  /**
   * Frames ordered by position along the normal, then by axis coordinates (last axis fastest); `frames.length` equals
   * slices × the product of the axes' lengths when the stack is complete. Empty when every frame awaits a choice of version.
   */
  readonly frames: readonly StackFrame[];
  /** Position of each slice along the normal, mm, ascending, one entry per distinct position. */
  readonly slicePositionsMm: readonly number[];
  readonly axes: readonly StackAxis[];
  /** Whether several frames lie at one position and no axis tells them apart. */
  readonly hasUnresolvedDuplicates: boolean;
  /** SOP instances of these planes that have several different data sets and no choice; none of their frames is placed. */
  readonly undecided: readonly UndecidedInstance[];
}

/** Of one or more studies: everything received, and the place it has or the reason why it has none. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly stacks: readonly Stack[];
  readonly notes: readonly LedgerNote[];
}
