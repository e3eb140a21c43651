import { EtalonError } from "@etalon/base";
import type { FrameReader, Ledger } from "@etalon/volume";
import type { LabelMap, Marks, Region } from "./marks.ts";
import type { AnyProtocol, SeriesInput } from "./protocol.ts";
import { type ResolvedRegion, visitVoxelsInBox } from "./region.ts";
import { type ContourRegion, resolveContours } from "./resolve-contours.ts";
import { findLabelMap, resolveLabelMap } from "./resolve-label-map.ts";
import type { Recipe } from "./result.ts";
import { areasOfVoxels, type Seed, type Structure } from "./structure.ts";

/** What marks draw on the inputs of a protocol. */
export interface Drawn {
  readonly structures: readonly Structure[];
  readonly seeds: readonly Seed[];
  /** The label maps that were read, each once. */
  readonly inputs: Recipe["inputs"];
  /** The marks with the hash of each label map. */
  readonly marks: Marks;
}

/** What drawing needs besides the marks. */
export interface DrawnOn {
  readonly protocol: AnyProtocol;
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
  /** The series of each input. */
  readonly series: ReadonlyMap<string, SeriesInput>;
  readonly regions: readonly ResolvedRegion[];
}

/** Role of a region: the one it says, or the protocol's only series that is not optional. */
export function roleOfRegion(region: Region, protocol: AnyProtocol): string | undefined {
  if ("role" in region && region.role !== undefined) return region.role;
  const series = Object.entries(protocol.roles).filter(
    ([, { kind, isOptional }]) => kind === "series" && isOptional !== true,
  );
  return series.length === 1 ? series[0][0] : undefined;
}

/**
 * Structures and clicks on the inputs of a protocol: label maps, contours, and other regions that say their role.
 *
 * @throws {EtalonError} `missing-value` for a contour or click without role, `unknown-name` for a role that is none; those of
 *   {@link resolveContours} and {@link resolveLabelMap}
 */
export async function resolveDrawn(marks: Marks, on: DrawnOn): Promise<Drawn> {
  const structures: Structure[] = [];
  const inputs: Recipe["inputs"] = [];
  const labelMaps: LabelMap[] = [];
  for (const labelMap of marks.labelMaps ?? []) {
    const images = seriesOf(labelMap.role, `marks.labelMaps.${labelMap.file}`, on).volume;
    const found = findLabelMap(labelMap, on.ledger);
    structures.push(...(await resolveLabelMap(labelMap, found, { images, readFrame: on.readFrame })));
    const { kind, uid, dataSetSha256 } = found;
    labelMaps.push({ ...labelMap, dataSetSha256 });
    if (inputs.every((input) => input.dataSetSha256 !== dataSetSha256)) {
      inputs.push({ kind, role: "marks", dataSetSha256, uid });
    }
  }
  const contours = new Map<string, ContourRegion[]>();
  const seeds: Seed[] = [];
  for (const region of marks.regions) {
    const { id, label, shape } = region;
    if (shape.kind === "contour") {
      const role = requiredRole(region, on);
      contours.set(role, [...(contours.get(role) ?? []), { id, label, shape }]);
    } else if (shape.kind === "point") {
      seeds.push({ role: requiredRole(region, on), label, pointLpsMm: shape.pointLpsMm });
    } else if ("role" in region && region.role !== undefined) {
      structures.push(structureOfRegion(region, requiredRole(region, on), on));
    }
  }
  for (const [role, own] of contours) structures.push(...resolveContours(own, role, seriesOf(role, role, on)));
  const kept = labelMaps.length === 0 ? marks : { ...marks, labelMaps };
  return { structures, seeds, inputs, marks: kept };
}

function requiredRole(region: Region, on: DrawnOn): string {
  const field = `marks.regions.${region.id}.role`;
  const role = roleOfRegion(region, on.protocol);
  if (role === undefined) throw new EtalonError("missing-value", { field });
  seriesOf(role, field, on);
  return role;
}

function seriesOf(role: string, field: string, { series }: DrawnOn): SeriesInput {
  const input = series.get(role);
  if (input !== undefined) return input;
  throw new EtalonError("unknown-name", {
    field,
    received: role,
    details: { expected: [...series.keys()].join(", ") },
  });
}

function structureOfRegion({ id, label }: Region, role: string, on: DrawnOn): Structure {
  const { volume } = seriesOf(role, role, on);
  const voxels = new Uint8Array(volume.values.length);
  for (const region of on.regions) {
    if (region.id !== id) continue;
    visitVoxelsInBox(volume, region.minLpsMm, {
      maxLpsMm: region.maxLpsMm,
      voxel: (voxel, lpsMm) => {
        if (region.holds(lpsMm)) voxels[voxel] = 1;
        return true;
      },
    });
  }
  return { role, label, source: "region", areaMm2: areasOfVoxels(voxels, volume), voxels };
}
