import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPython } from "@etalon/testing";

/** What pydicom sees of a DICOM file in a ZIP. */
export interface ZippedObject {
  readonly name: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly modality: string;
}

const script = `
import io, json, sys, zipfile, pydicom
z = zipfile.ZipFile(sys.argv[1])
bad = z.testzip()
objects = []
for name in z.namelist():
    if not name.startswith("DICOM/"):
        continue
    d = pydicom.dcmread(io.BytesIO(z.read(name)))
    objects.append({"name": name, "patientName": str(d.get("PatientName", "")), "patientId": d.get("PatientID", ""),
      "studyDate": d.get("StudyDate", ""), "studyInstanceUid": d.StudyInstanceUID, "seriesInstanceUid": d.SeriesInstanceUID,
      "sopInstanceUid": d.SOPInstanceUID, "modality": d.get("Modality", "")})
directory = [] if "DICOMDIR" not in z.namelist() else ["/".join(r.ReferencedFileID)
  for r in pydicom.dcmread(io.BytesIO(z.read("DICOMDIR"))).DirectoryRecordSequence if "ReferencedFileID" in r]
print(json.dumps({"bad": bad, "names": z.namelist(), "objects": objects, "directory": directory,
  "texts": {n: z.read(n).decode() for n in z.namelist() if n.endswith(".json")}}))`;

/** What Python's zipfile and pydicom read of a ZIP: the first broken entry, all names, DICOM objects, JSON texts. */
export function readZip(bytes: Uint8Array): {
  readonly bad: string | null;
  readonly names: readonly string[];
  readonly objects: readonly ZippedObject[];
  /** Files that the DICOMDIR names. */
  readonly directory: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
} {
  const folder = mkdtempSync(join(tmpdir(), "etalon-zip-"));
  try {
    const path = join(folder, "read.zip");
    writeFileSync(path, bytes);
    const run = spawnSync(debianPython, ["-c", script, path], { encoding: "utf8", maxBuffer: 256 * 1024 ** 2 });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
