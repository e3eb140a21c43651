import type { ErrorCode } from "@etalon/base";
import type { EncodedFrame, FramePixels } from "@etalon/dicom";
import type { Drawing } from "./drawing.ts";

/** What a picture thread is given to do. */
export type PictureTask =
  | { readonly kind: "decode"; readonly frame: EncodedFrame }
  | { readonly kind: "draw"; readonly drawing: Drawing };

/** What it makes of it. */
export type PictureOutcome =
  | { readonly kind: "decoded"; readonly pixels: FramePixels }
  | { readonly kind: "drawn"; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: "failed";
      readonly code: ErrorCode;
      readonly file: string;
      readonly field: string;
      readonly received: string | number | undefined;
      readonly details: Readonly<Record<string, string | number>>;
    };
