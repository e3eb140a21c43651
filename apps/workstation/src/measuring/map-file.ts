import { EtalonError } from "@etalon/base";
import { mapNifti, type ParametricMap } from "@etalon/measure";
import { parametricMapObject, type ReportInput } from "@etalon/report";
import type { MadeFile, MapFormat } from "./measuring-messages.ts";

/**
 * A map of a result as a file, with the bytes and the name that the server gives it.
 *
 * @throws {EtalonError} `result-not-found` for a map that the result lacks, or one that is no quantity as a Parametric Map
 */
export function mapFile(
  maps: readonly ParametricMap[],
  { mapId, format }: { readonly mapId: string; readonly format: MapFormat },
  input: ReportInput,
): MadeFile {
  const at = maps.findIndex(({ id }) => id === mapId);
  const map = maps[at];
  const name = `${mapId}-${input.result.digest.slice(0, 8)}`;
  if (map === undefined || (format === "parametric-map" && !map.isQuantity)) {
    throw new EtalonError("result-not-found", { field: mapId });
  }
  const isNifti = format === "nifti";
  const bytes = isNifti ? mapNifti(map, false) : parametricMapObject(map, input, at + 1).bytes;
  return { name: `${name}${isNifti ? ".nii.gz" : ".pm.dcm"}`, bytes: new Uint8Array(bytes) };
}
