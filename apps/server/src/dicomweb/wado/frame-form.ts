import { transferSyntaxes } from "@etalon/dicom";
import { type MediaRange, takes } from "../media/parse-accept.ts";
import { currentMediaType, storedMediaType } from "../media/stored-media-type.ts";
import { explicitLittleEndian } from "./instance-form.ts";

/** How frames are given: decoded to native little endian samples, or compressed as they are stored. */
export interface FrameForm {
  readonly isDecoded: boolean;
  /** Of each frame. */
  readonly mediaType: string;
  readonly transferSyntaxUid: string;
}

const octets = "application/octet-stream";

/**
 * The form of frames that suits a media range; nothing where none does (PS3.18 sections 8.7.3.2 and 8.7.3.3).
 *
 * application/octet-stream is native pixels in little endian; with a transfer-syntax of `*` or the stored one it is the
 * stored bytes of compressed frames. A compressed media type is given where frames are stored in it, whichever of its
 * transfer syntaxes, unless one is asked for by name.
 */
export function frameForm(storedSyntaxUid: string, written: MediaRange): FrameForm | undefined {
  const range = { ...written, mediaType: currentMediaType(written.mediaType) };
  const row = transferSyntaxes[storedSyntaxUid];
  const isDecodable = row !== undefined && row.refusal === undefined;
  const isCompressed = row === undefined || row.refusal !== undefined || row.decoder !== undefined;
  const asked = range.transferSyntaxUid;
  const isStoredAsked = asked === "*" || asked === storedSyntaxUid;
  const isAny = range.mediaType === "*/*";
  const stored = storedMediaType(storedSyntaxUid);
  if (isCompressed && (isStoredAsked || asked === undefined) && stored !== octets && !isAny && takes(range, stored)) {
    return { isDecoded: false, mediaType: stored, transferSyntaxUid: storedSyntaxUid };
  }
  if (!takes(range, octets)) return undefined;
  const isNativeAsked = asked === undefined || asked === explicitLittleEndian || (isStoredAsked && !isCompressed);
  if (isNativeAsked && isDecodable) {
    return { isDecoded: true, mediaType: octets, transferSyntaxUid: explicitLittleEndian };
  }
  if (!isCompressed || !(isStoredAsked || (isAny && asked === undefined))) return undefined;
  return { isDecoded: false, mediaType: isAny ? stored : octets, transferSyntaxUid: storedSyntaxUid };
}
