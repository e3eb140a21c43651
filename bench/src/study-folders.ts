import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildThoraxPhantom, type PhantomMarks, thoraxPhantomDefaults } from "@etalon/phantom";
import { loadStudy } from "./load-study.ts";

/** A synthetic study on disk, as DICOM files and as bare voxels. */
export interface StudyFolder {
  readonly slices: number;
  /** Between slices, and their thickness, mm. */
  readonly incrementMm: number;
  readonly dicom: string;
  readonly marks: string;
  /** Geometry and marks as words, for the contenders that take voxels from memory. */
  readonly volumeText: string;
  /** Voxels, HU, int16 little endian, shape [z, y, x]. */
  readonly volumeRaw: string;
}

/** The phantom's scan covers this much along z, mm; the slices share it. */
const SCAN_MM = 138;

/** Writes a thorax phantom of the number of slices asked for, side by side, and its voxels as Etalon loads them. */
export async function writeStudy(root: string, slices: number): Promise<StudyFolder> {
  const incrementMm = SCAN_MM / slices;
  const folder = join(root, `thorax-${slices}`);
  const study: StudyFolder = {
    slices,
    incrementMm,
    dicom: join(folder, "dicom"),
    marks: join(folder, "marks.json"),
    volumeText: join(folder, "volume.txt"),
    volumeRaw: join(folder, "volume.raw"),
  };
  await mkdir(study.dicom, { recursive: true });
  const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, thicknessMm: incrementMm, incrementMm });
  if (phantom.slices !== slices) throw new Error(`the phantom has ${phantom.slices} slices, not ${slices}`);
  for (const { name, bytes } of phantom.files) await writeFile(join(study.dicom, name), bytes);
  await writeFile(study.marks, `${JSON.stringify(phantom.marks, null, 2)}\n`);
  await writeVoxels(study, phantom.marks);
  return study;
}

async function writeVoxels(study: StudyFolder, marks: PhantomMarks): Promise<void> {
  const { volume } = await loadStudy(study.dicom);
  const { values, sliceOriginsLpsMm: origins, sliceIncrementsMm } = volume;
  if (!(values instanceof Int16Array)) throw new Error("the phantom's voxels are not whole HU");
  if (volume.slices !== study.slices) throw new Error(`${volume.slices} slices were loaded, not ${study.slices}`);
  const lines = [
    [volume.columns, volume.rows, volume.slices],
    [volume.rowSpacingMm, volume.columnSpacingMm],
    volume.rowDirection,
    volume.columnDirection,
    ...Array.from(sliceIncrementsMm, (mm, k) => [origins[3 * k], origins[3 * k + 1], origins[3 * k + 2], mm]),
    [marks.regions.length],
    ...marks.regions.map(({ label, shape }) => [label, ...shape.centerLpsMm, shape.radiusMm]),
  ];
  await writeFile(study.volumeText, `${lines.map((words) => words.join(" ")).join("\n")}\n`);
  await writeFile(study.volumeRaw, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
