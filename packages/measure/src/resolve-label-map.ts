import { EtalonError, InputError, RefusalError } from "@etalon/base";
import { type FrameReader, type Ledger, loadVolume, type Stack, type Volume } from "@etalon/volume";
import type { LabelMap } from "./marks.ts";
import { firstGridDifference } from "./same-grid.ts";
import { areasOfVoxels, type Structure } from "./structure.ts";

/** A label map that was received. */
export interface FoundLabelMap {
  readonly stack: Stack;
  readonly kind: "dicom" | "nifti";
  readonly uid: string;
  readonly dataSetSha256: string;
}

/**
 * The label map that marks name, among what was received: by its hash where they say it, else by its path.
 *
 * @throws {EtalonError} `file-not-found`; what its reading threw, where it could not be used
 */
export function findLabelMap({ file, dataSetSha256 }: LabelMap, ledger: Ledger): FoundLabelMap {
  const isNamed = (path: string): boolean => path === file || path.endsWith(`/${file.replace(/^(\.\/)+/, "")}`);
  const entries = ledger.entries.filter((entry) =>
    dataSetSha256 === undefined ? isNamed(entry.path) : entry.dataSetSha256 === dataSetSha256,
  );
  const hash = entries.find((entry) => entry.dataSetSha256 !== undefined)?.dataSetSha256;
  const holding = ledger.stacks.find(({ frames }) => frames.some(({ instance }) => instance.dataSetSha256 === hash));
  const instance = holding?.frames.find((frame) => frame.instance.dataSetSha256 === hash)?.instance;
  if (hash !== undefined && holding !== undefined && instance !== undefined) {
    return {
      stack: holding,
      kind: instance.kind ?? "dicom",
      uid: instance.header.sopInstanceUid,
      dataSetSha256: hash,
    };
  }
  const reason = entries.find((entry) => entry.reason?.errorCode !== undefined)?.reason;
  if (reason?.errorCode === undefined) throw new EtalonError("file-not-found", { field: file });
  const { field = file, received = "", ...details } = reason.details ?? {};
  throw new EtalonError(reason.errorCode, { field: String(field), received: String(received), details });
}

/**
 * The structures of a label map, one for each name that it gives to values.
 *
 * @param images of the input that the map must lie on
 * @throws {RefusalError} `mask-grid-mismatch`
 * @throws {InputError} `not-finite` for a voxel that is no number
 */
export async function resolveLabelMap(
  labelMap: LabelMap,
  found: FoundLabelMap,
  { images, readFrame }: { readonly images: Volume; readonly readFrame: FrameReader },
): Promise<Structure[]> {
  const { stack } = found;
  if (stack.axes.length > 0) throw mismatch(labelMap, `${stack.frames.length} frames`);
  const map = await loadVolume(stack, { readFrame, unit: "1" });
  const difference = firstGridDifference(map, images);
  if (difference !== undefined) throw mismatch(labelMap, difference);
  const names = [...new Set(Object.values(labelMap.labels))];
  const structureOf = new Map(Object.entries(labelMap.labels).map(([value, name]) => [Number(value), name]));
  const voxels = new Map(names.map((name) => [name, new Uint8Array(map.values.length)]));
  for (let i = 0; i < map.values.length; i++) {
    const value = map.values[i];
    if (Number.isNaN(value)) throw new InputError("not-finite", labelMap.file, value);
    const name = structureOf.get(value);
    if (name === undefined) continue;
    const own = voxels.get(name);
    if (own !== undefined) own[i] = 1;
  }
  return [...voxels].map(([label, own]) => ({
    ...{ role: labelMap.role, label, source: "label-map" as const },
    areaMm2: areasOfVoxels(own, images),
    voxels: own,
  }));
}

function mismatch({ file, role }: LabelMap, received: string): RefusalError {
  return new RefusalError("mask-grid-mismatch", { field: file, received, details: { role } });
}
