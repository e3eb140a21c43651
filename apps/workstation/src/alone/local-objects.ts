import { EtalonError } from "@etalon/base";
import { type DataSet, readPart10, textOf } from "@etalon/dicom";
import { blobSource } from "../picture/blob-source.ts";
import { keepLocalFile } from "../picture/local-file.ts";

/** An object that was opened on this computer. */
export interface LocalObject {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  /** Without pixel data; File Meta's transfer syntax as AvailableTransferSyntaxUID (0008,3002), as an archive gives it. */
  readonly dataSet: DataSet;
}

/** The objects of this page. */
export interface LocalObjects {
  /** Reads the header of a file, and keeps the file. @throws {EtalonError} what is wrong with it */
  readonly add: (file: Blob) => Promise<void>;
  readonly all: () => readonly LocalObject[];
}

/** Objects without a server: the first that comes under a UID stays. */
export function createLocalObjects(): LocalObjects {
  const objects = new Map<string, LocalObject>();
  return {
    add: async (file) => {
      const object = await readObject(file);
      const known = objects.get(object.sopInstanceUid);
      if (known !== undefined) return;
      objects.set(object.sopInstanceUid, object);
      keepLocalFile(object.sopInstanceUid, file);
    },
    all: () => [...objects.values()],
  };
}

async function readObject(file: Blob): Promise<LocalObject> {
  const { dataSet, transferSyntaxUid } = await readPart10(blobSource("file", file), { until: "pixel-data" });
  const uid = (tag: string, name: string): string => {
    const value = textOf(dataSet, tag);
    if (value === undefined) throw new EtalonError("missing-value", { field: name, received: "" });
    return value;
  };
  return {
    studyInstanceUid: uid("0020000D", "StudyInstanceUID"),
    seriesInstanceUid: uid("0020000E", "SeriesInstanceUID"),
    sopInstanceUid: uid("00080018", "SOPInstanceUID"),
    dataSet: { ...dataSet, "00083002": { vr: "UI", Value: [transferSyntaxUid] } },
  };
}
