import type { AxisName, PictureStack } from "./picture-stacks.ts";

/** Axes that are time: a cine plays along them. */
const timeAxes: readonly AxisName[] = [
  "frame",
  "triggerTimeMs",
  "temporalPositionIndex",
  "cardiacPhasePercent",
  "acquisitionNumber",
  "acquisitionDateTime",
];

/** Images a second where nobody says: what coronary angiography is most often recorded at. */
const usualRate = 15;

/** Index of the axis that a cine plays along; nothing where a stack has only space, or axes that are no time. */
export function timeAxisOf({ axes }: Pick<PictureStack, "axes">): number | undefined {
  const at = axes.findIndex(({ name }) => timeAxes.includes(name));
  return at < 0 ? undefined : at;
}

/**
 * Images a second that a stack was recorded at: as its header says, else as its trigger times are apart, else as its phases
 * fill a second.
 */
export function recordedRate(stack: PictureStack): number {
  const said = stack.pictures[0]?.framesPerSecond;
  if (said !== undefined) return said;
  const axis = stack.axes[timeAxisOf(stack) ?? -1];
  if (axis === undefined) return usualRate;
  const [first, last] = [axis.coordinates[0], axis.coordinates.at(-1)];
  if (axis.name === "triggerTimeMs" && typeof first === "number" && typeof last === "number" && last > first) {
    return clamped((1000 * (axis.coordinates.length - 1)) / (last - first));
  }
  return axis.name === "cardiacPhasePercent" || axis.name === "temporalPositionIndex"
    ? clamped(axis.coordinates.length)
    : usualRate;
}

function clamped(rate: number): number {
  return Math.max(1, Math.min(60, Math.round(rate)));
}
