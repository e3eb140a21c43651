import { InputError } from "@etalon/base";
import { textOf } from "./attribute-values.ts";
import { byteChunks } from "./byte-chunks.ts";
import type { DataSet } from "./data-set.ts";
import { encodeElements } from "./encode-elements.ts";
import { encodeAscii, textEncodingOf } from "./encode-text.ts";

/** How to write a file. */
export interface WriteOptions {
  /** Explicit or implicit VR little endian. */
  readonly transferSyntaxUid: "1.2.840.10008.1.2.1" | "1.2.840.10008.1.2";
}

/** Names this writer in (0002,0012); derived from a UUID (PS3.5 annex B.2). */
export const implementationClassUid = "2.25.123821303528213847394498227124259025257";
/** (0002,0013), at most 16 characters. */
export const implementationVersionName = "ETALON_0.1";

const preambleLength = 128;

/** What file meta information says of an object. */
export interface FileMeta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

/**
 * What stands before the data set of a file: preamble, prefix and file meta information (PS3.10 section 7.1). A data set
 * that came without them, as C-STORE sends it, is a file once they are put before it.
 *
 * @throws InputError `wrong-type` (a character that no UID has)
 */
export function fileMetaBytes(said: FileMeta): Uint8Array {
  const meta: DataSet = {
    "00020001": { vr: "OB", bytes: Uint8Array.of(0, 1) },
    "00020002": { vr: "UI", Value: [said.sopClassUid] },
    "00020003": { vr: "UI", Value: [said.sopInstanceUid] },
    "00020010": { vr: "UI", Value: [said.transferSyntaxUid] },
    "00020012": { vr: "UI", Value: [implementationClassUid] },
    "00020013": { vr: "SH", Value: [implementationVersionName] },
  };
  const explicit = { isExplicit: true, encodeText: encodeAscii };
  const metaElements = encodeElements(meta, explicit);
  const groupLength: DataSet = { "00020000": { vr: "UL", Value: [metaElements.length] } };
  const chunks = byteChunks();
  chunks.append(new Uint8Array(preambleLength));
  chunks.append(encodeAscii("DICM", "prefix"));
  chunks.append(encodeElements(groupLength, explicit));
  chunks.append(metaElements);
  return chunks.join();
}

/**
 * A DICOM file: {@link fileMetaBytes} and the data set.
 *
 * @param dataSet with SOPClassUID and SOPInstanceUID; values in `Value` or `bytes`, elements in any order
 * @throws InputError `missing-value` (a UID, or a value left in its file), `wrong-type`, `out-of-range` (a character
 *   that SpecificCharacterSet lacks)
 */
export function writePart10(dataSet: DataSet, options: WriteOptions): Uint8Array {
  const { transferSyntaxUid } = options;
  const chunks = byteChunks();
  chunks.append(
    fileMetaBytes({
      sopClassUid: neededUid(dataSet, "00080016", "SOPClassUID"),
      sopInstanceUid: neededUid(dataSet, "00080018", "SOPInstanceUID"),
      transferSyntaxUid,
    }),
  );
  const isExplicit = transferSyntaxUid === "1.2.840.10008.1.2.1";
  chunks.append(encodeElements(dataSet, { isExplicit, encodeText: textEncodingOf([]) }));
  return chunks.join();
}

function neededUid(dataSet: DataSet, tag: string, keyword: string): string {
  const uid = textOf(dataSet, tag);
  if (uid === undefined) throw new InputError("missing-value", keyword, "");
  return uid;
}
