import { firstItemOf, itemsOf, numberOf, numbersOf, textOf } from "./attribute-values.ts";
import { componentOf } from "./complex-component.ts";
import type { DataSet } from "./data-set.ts";
import type { FrameAxes, FrameHeader } from "./instance.ts";
import { said } from "./said.ts";

/** The functional groups of an object (PS3.3 C.7.6.16.1): both empty where it is not enhanced. */
export interface FunctionalGroups {
  readonly shared: readonly DataSet[];
  readonly perFrame: readonly DataSet[];
}

/** Reads inside the first functional group of this name that says something. */
export function inGroup<T>(
  groups: readonly DataSet[],
  sequence: string,
  read: (group: DataSet) => T | undefined,
): T | undefined {
  for (const place of groups) {
    const group = firstItemOf(place, sequence);
    const value = group === undefined ? undefined : read(group);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The functional groups of an object. */
export function functionalGroupsOf(dataSet: DataSet): FunctionalGroups {
  return { shared: itemsOf(dataSet, "52009229"), perFrame: itemsOf(dataSet, "52009230") };
}

/** The functional groups that hold for one frame, its own before the shared ones. */
export function groupsOfFrame({ shared, perFrame }: FunctionalGroups, frameIndex: number): readonly DataSet[] {
  return perFrame[frameIndex] === undefined ? shared : [perFrame[frameIndex], ...shared];
}

/**
 * One frame of an enhanced object (PS3.3 C.7.6.16.2).
 *
 * @param groups nearest first
 * @param plain what the data set itself says, for what no group says (a classic object may carry empty groups)
 */
export function groupedFrame(groups: readonly DataSet[], plain: PlainFrame, frameIndex: number): FrameHeader {
  const transformation = (tag: string): number | undefined =>
    inGroup(groups, "00289145", (group) => numberOf(group, tag));
  return {
    frameIndex,
    ...said({
      positionLpsMm: inGroup(groups, "00209113", positionOf) ?? plain.positionLpsMm,
      orientation: inGroup(groups, "00209116", orientationOf) ?? plain.orientation,
      pixelSpacingMm: inGroup(groups, "00289110", pixelSpacingOf) ?? plain.pixelSpacingMm,
      sliceThicknessMm: inGroup(groups, "00289110", (group) => numberOf(group, "00180050")) ?? plain.sliceThicknessMm,
      rescaleType: inGroup(groups, "00289145", (group) => textOf(group, "00281054")) ?? plain.rescaleType,
      repetitionTimeMs: inGroup(groups, "00189112", (group) => numberOf(group, "00180080")) ?? plain.repetitionTimeMs,
      complexComponent: inGroup(groups, "00189226", componentOf) ?? plain.complexComponent,
    }),
    rescaleSlope: transformation("00281053") ?? plain.rescaleSlope,
    rescaleIntercept: transformation("00281052") ?? plain.rescaleIntercept,
    axes: { ...plain.axes, ...groupedAxes(groups) },
  };
}

function groupedAxes(groups: readonly DataSet[]): FrameAxes {
  const number = (sequence: string, tag: string): number | undefined =>
    inGroup(groups, sequence, (group) => numberOf(group, tag));
  return said({
    acquisitionNumber: number("00209111", "00209156"),
    temporalPositionIndex: number("00209111", "00209128"),
    triggerTimeMs: number("00189118", "00209153") ?? number("00189118", "00209252"),
    inversionTimeMs: number("00189115", "00189079"),
    echoTimeMs: number("00189114", "00189082"),
    flipAngleDeg: number("00189112", "00181314"),
    bValueSPerMm2: number("00189117", "00189087"),
    cardiacPhasePercent: number("00189118", "00209241"),
    energyKev: number("00189363", "0018937C"),
    segmentNumber: number("0062000A", "0062000B"),
    acquisitionDateTime: inGroup(groups, "00209111", (group) => textOf(group, "00189074") ?? textOf(group, "00189151")),
  });
}

/** What a data set says of all its frames. */
export type PlainFrame = Omit<FrameHeader, "frameIndex">;

/** The frame of an object without functional groups: all attributes stand in the data set. */
export function plainFrame(dataSet: DataSet): PlainFrame {
  return {
    ...said({
      positionLpsMm: positionOf(dataSet),
      orientation: orientationOf(dataSet),
      pixelSpacingMm: pixelSpacingOf(dataSet),
      sliceThicknessMm: numberOf(dataSet, "00180050"),
      rescaleType: textOf(dataSet, "00281054"),
      repetitionTimeMs: numberOf(dataSet, "00180080"),
      complexComponent: componentOf(dataSet),
    }),
    rescaleSlope: numberOf(dataSet, "00281053") ?? 1,
    rescaleIntercept: numberOf(dataSet, "00281052") ?? 0,
    axes: plainAxes(dataSet),
  };
}

function plainAxes(dataSet: DataSet): FrameAxes {
  return said({
    acquisitionNumber: numberOf(dataSet, "00200012"),
    temporalPositionIndex: numberOf(dataSet, "00200100"),
    triggerTimeMs: numberOf(dataSet, "00181060"),
    inversionTimeMs: numberOf(dataSet, "00180082"),
    echoTimeMs: numberOf(dataSet, "00180081"),
    flipAngleDeg: numberOf(dataSet, "00181314"),
    bValueSPerMm2: numberOf(dataSet, "00189087"),
    cardiacPhasePercent: numberOf(dataSet, "00209241"),
    energyKev: numberOf(dataSet, "0018937C") ?? inGroup([dataSet], "00189363", (item) => numberOf(item, "0018937C")),
    acquisitionDateTime: textOf(dataSet, "0008002A") ?? joinedDateTime(dataSet),
  });
}

function joinedDateTime(dataSet: DataSet): string | undefined {
  const date = textOf(dataSet, "00080022");
  const time = textOf(dataSet, "00080032");
  return date === undefined ? undefined : date + (time ?? "");
}

function positionOf(dataSet: DataSet): FrameHeader["positionLpsMm"] | undefined {
  const values = numbersOf(dataSet, "00200032", 3);
  return values === undefined ? undefined : [values[0], values[1], values[2]];
}

function orientationOf(dataSet: DataSet): FrameHeader["orientation"] | undefined {
  const values = numbersOf(dataSet, "00200037", 6);
  return values === undefined ? undefined : [values[0], values[1], values[2], values[3], values[4], values[5]];
}

function pixelSpacingOf(dataSet: DataSet): FrameHeader["pixelSpacingMm"] | undefined {
  const values = numbersOf(dataSet, "00280030", 2);
  return values === undefined ? undefined : [values[0], values[1]];
}
