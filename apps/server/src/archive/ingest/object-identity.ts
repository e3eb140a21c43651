import { DicomError } from "@etalon/base";
import { type DataSet, elementOf, textOf, textsOf } from "@etalon/dicom";
import type { Incoming } from "../archive.ts";
import { objectName } from "./received-stream.ts";

/** The UIDs that name an instance. */
export interface ObjectIdentity {
  /** Empty where neither the data set nor group 0002 says it: such files are found, and all else of them is there. */
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
}

/** Media Storage Directory Storage (PS3.4 annex I, PS3.3 annex F). */
const mediaDirectoryClass = "1.2.840.10008.1.3.10";
const directoryRecordSequence = "00041220";

/** Numbers with points between; leading zeros, which PS3.5 section 9.1 forbids, are met and harm nobody. */
const uidForm = /^\d+(\.\d+)*$/;
const longestUid = 64;

/**
 * The UIDs of an object, checked: they become parts of paths and keys.
 *
 * @throws DicomError `missing-attribute`, `uid-malformed`, `media-directory`
 */
export function objectIdentity(meta: DataSet, dataSet: DataSet): ObjectIdentity {
  const mediaClass = textOf(meta, "00020002") ?? "";
  if (mediaClass === mediaDirectoryClass || elementOf(dataSet, directoryRecordSequence) !== undefined) {
    throw new DicomError("media-directory", { file: objectName, field: "MediaStorageSOPClassUID" });
  }
  return {
    sopInstanceUid: neededUid(textsOf(dataSet, "00080018"), "SOPInstanceUID"),
    studyInstanceUid: neededUid(textsOf(dataSet, "0020000D"), "StudyInstanceUID"),
    seriesInstanceUid: neededUid(textsOf(dataSet, "0020000E"), "SeriesInstanceUID"),
    sopClassUid: checkedUid(textsOf(dataSet, "00080016"), "SOPClassUID") || checkedUid([mediaClass], "SOPClassUID"),
  };
}

function neededUid(values: readonly string[], field: string): string {
  const uid = checkedUid(values, field);
  if (uid === "") throw new DicomError("missing-attribute", { file: objectName, field });
  return uid;
}

function checkedUid(values: readonly string[], field: string): string {
  const uid = values.join("\\");
  if (uid === "") return uid;
  if (uid.length > longestUid || !uidForm.test(uid)) {
    throw new DicomError("uid-malformed", { file: objectName, field, received: uid.slice(0, longestUid + 1) });
  }
  return uid;
}

/**
 * Whether the object is what its sender announced: C-STORE in its command, STOW in its URL.
 *
 * @throws DicomError `uid-mismatch`
 */
export function checkAnnounced(identity: ObjectIdentity, incoming: Incoming): void {
  const announced: readonly (readonly [string, string, string | undefined])[] =
    incoming.form === "part10"
      ? [["StudyInstanceUID", identity.studyInstanceUid, incoming.expectedStudyInstanceUid]]
      : [
          ["SOPClassUID", identity.sopClassUid, incoming.sopClassUid],
          ["SOPInstanceUID", identity.sopInstanceUid, incoming.sopInstanceUid],
        ];
  for (const [field, received, expected] of announced) {
    if (expected === undefined || expected === received) continue;
    throw new DicomError("uid-mismatch", { file: objectName, field, received, details: { expected } });
  }
}
