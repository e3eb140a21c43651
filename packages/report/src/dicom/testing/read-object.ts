import { bytesSource, type DataSet, readBulk, readPart10 } from "@etalon/dicom";

/** A DICOM file in memory as read: its data set, and its binary values, which header reading leaves in the file. */
export interface ReadObject {
  readonly dataSet: DataSet;
  readonly binary: (tag: string) => Promise<Uint8Array>;
}

/** Reads a file to its end. */
export async function readObject(bytes: Uint8Array): Promise<ReadObject> {
  const source = bytesSource("object.dcm", bytes);
  const part10 = await readPart10(source, { until: "end" });
  return {
    dataSet: part10.dataSet,
    binary: async (tag) => {
      const { bytes: value, bulk } = part10.dataSet[tag];
      return value ?? readBulk(source, part10, bulk ?? { offset: 0, length: 0 });
    },
  };
}
