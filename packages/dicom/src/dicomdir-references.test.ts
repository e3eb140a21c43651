import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { dataSetOf } from "./data-set-of.ts";
import { readDicomdirReferences } from "./dicomdir-references.ts";
import { readPart10 } from "./read-part10.ts";

describe("readDicomdirReferences", () => {
  it("joins the parts of each ReferencedFileID and leaves records without one", () => {
    const DirectoryRecordSequence = [
      { DirectoryRecordType: "PATIENT" },
      { DirectoryRecordType: "IMAGE", ReferencedFileID: ["CT", "IMG1"] },
      { DirectoryRecordType: "IMAGE", ReferencedFileID: "IMG2" },
    ];
    expect(readDicomdirReferences(dataSetOf({ DirectoryRecordSequence }))).toEqual(["CT/IMG1", "IMG2"]);
  });
});

describeWithSharedData("a real DICOMDIR", "7-conformance/pydicom-testfiles/dicomdirtests/DICOMDIR", (path) => {
  it("names files that lie beside it", async () => {
    const { dataSet } = await readPart10(bytesSource(path, await readFile(path)), { until: "end" });
    const references = readDicomdirReferences(dataSet);
    // pydicom: 31 IMAGE records in DirectoryRecordSequence.
    expect(references).toHaveLength(31);
    expect((await stat(join(dirname(path), references[0] ?? ""))).isFile()).toBe(true);
  });
});
