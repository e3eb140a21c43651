import { InputError, RefusalError } from "@etalon/base";
import type { WeightedInput } from "../protocol.ts";

/**
 * When each image was taken, ms: the mean over its slices. From a time step that is given, from the images' times, or from
 * trigger times that ascend.
 *
 * @throws {InputError} `missing-value` where nothing says the times; `times-not-ascending`
 */
export function passTimesMs(
  role: string,
  { images, weighting }: WeightedInput,
  timeStepS: number | null,
): Float64Array {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  if (timeStepS !== null) return Float64Array.from(images, (_, i) => i * timeStepS * 1000);
  const said = images.map(({ timesMs }) => mean(timesMs));
  const isSaid = said.every((ms) => Number.isFinite(ms));
  const times = isSaid || weighting !== "triggerTimeMs" ? said : images.map(({ weightings }) => mean(weightings));
  if (times.some((ms) => !Number.isFinite(ms))) throw new InputError("missing-value", "time-step", "");
  for (let i = 1; i < times.length; i++) {
    if (times[i] > times[i - 1]) continue;
    throw new RefusalError("times-not-ascending", { field: role, received: `${times[i - 1]}, ${times[i]} ms` });
  }
  return Float64Array.from(times);
}
