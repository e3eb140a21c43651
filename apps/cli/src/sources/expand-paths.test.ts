import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { dataSetOf, writePart10 } from "@etalon/dicom";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { runJson } from "../testing/run-main.ts";
import { tinySeries, writeAt, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { expandPaths } from "./expand-paths.ts";
import { createFileOpener } from "./file-source.ts";

const root = temporaryFolder();

async function listed(...paths: readonly string[]): Promise<string[]> {
  const readables = await expandPaths(paths, createFileOpener());
  return readables.map(({ path }) => (path.startsWith(root) ? path.slice(root.length + 1) : path));
}

/** A DICOMDIR with one image record per file ID (PS3.3 F.3). */
function dicomdir(...fileIds: readonly (readonly string[])[]): Uint8Array {
  const records = fileIds.map((parts) => ({ DirectoryRecordType: "IMAGE", ReferencedFileID: parts }));
  const dataSet = dataSetOf({
    SOPClassUID: "1.2.840.10008.1.3.10",
    SOPInstanceUID: "2.25.1",
    DirectoryRecordSequence: records,
  });
  return writePart10(dataSet, { transferSyntaxUid: "1.2.840.10008.1.2.1" });
}

describe("folders", () => {
  it("lists files below, with spaces and accents in their names, sorted, once however often they are named", async () => {
    const folder = join(root, "données du patient");
    for (const name of ["b", "a é", "sous dossier/c"]) writeAt(join(folder, name), "");
    const expected = ["données du patient/a é", "données du patient/b", "données du patient/sous dossier/c"];
    expect(await listed(folder)).toEqual(expected);
    expect(await listed(folder, join(folder, "b"), folder)).toEqual(expected);
  });

  it("follows links, ends in circles, and lists links that lead nowhere", async () => {
    const folder = join(root, "links");
    writeAt(join(folder, "real", "file"), "x");
    symlinkSync("..", join(folder, "real", "up"));
    symlinkSync(join(folder, "real"), join(folder, "same"));
    symlinkSync("self", join(folder, "self"));
    symlinkSync("/nowhere", join(folder, "gone"));
    symlinkSync(join(folder, "real", "file"), join(folder, "to-file"));
    expect(await listed(folder)).toEqual(["links/gone", "links/real/file", "links/self", "links/to-file"]);
    const { exitCode, answer } = await runJson("ledger", folder);
    expect(exitCode).toBe(0);
    expect(answer.entries).toContainEqual(
      expect.objectContaining({
        path: join(folder, "gone"),
        reason: expect.objectContaining({ code: "unreadable", errorCode: "file-unreadable" }),
      }),
    );
  });

  it("refuses a path that is not there", async () => {
    await expect(listed(root, join(root, "none"))).rejects.toMatchObject({ code: "file-not-found" });
  });
});

describe("DICOMDIR", () => {
  const disc = join(root, "disc");
  writeFiles(join(disc, "images", "Serie 1"), tinySeries());

  it("gives its files in whatever case and separator, and names those that are missing or outside", async () => {
    const file = writeAt(
      join(disc, "DICOMDIR"),
      dicomdir(
        ["IMAGES", "SERIE 1", "IM0001.DCM"],
        ["images/Serie 1/im0002.dcm"],
        ["IMAGES", "GONE"],
        ["..", "links", "real", "file"],
        ["/etc/passwd"],
      ),
    );
    expect(await listed(file)).toEqual([
      "disc/DICOMDIR",
      "disc/etc/passwd",
      "disc/images/GONE",
      "disc/images/Serie 1/IM0001.dcm",
      "disc/images/Serie 1/IM0002.dcm",
      "links/real/file",
    ]);
    const { answer } = await runJson("ledger", file);
    expect(answer.summary).toMatchObject({ received: 6, placed: 2, unplaced: { "media-directory": 1, unreadable: 3 } });
  });

  it("is a file like others in a folder that is read whole", async () => {
    const { answer } = await runJson("ledger", disc);
    expect(answer.summary).toMatchObject({ received: 5, placed: 4, unplaced: { "media-directory": 1 } });
  });

  it("refuses one that is none, by its code", async () => {
    mkdirSync(join(root, "false"));
    const { exitCode, answer } = await runJson("ledger", writeAt(join(root, "false", "DICOMDIR"), "text"));
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code: "not-dicom" });
  });
});

describeWithSharedData("real DICOMDIRs", "7-conformance/pydicom-testfiles/dicomdirtests", (folder) => {
  // Records with a ReferencedFileID, counted with pydicom 2.3.1; every file they name is there.
  it.each(["DICOMDIR", "DICOMDIR-implicit", "DICOMDIR-bigEnd", "DICOMDIR-reordered", "DICOMDIR-nopatient"])(
    "%s gives 31 files",
    async (name) => {
      const { exitCode, answer } = await runJson("ledger", join(folder, name));
      expect(exitCode).toBe(0);
      expect(answer.summary).toMatchObject({ received: 32, unplaced: { "media-directory": 1 } });
    },
  );
});
