import { type DataSet, elementOf, numberOf } from "@etalon/dicom";

/** The fastest and slowest rates that a header is believed, images a second. */
const believed = { least: 0.5, most: 400 } as const;

/**
 * Images a second that an object asks to be shown at: RecommendedDisplayFrameRate, CineRate, else what FrameTime or the
 * mean of FrameTimeVector gives (PS3.3 C.7.6.5).
 */
export function frameRateOf(dataSet: DataSet): number | undefined {
  const timeMs = numberOf(dataSet, "00181063") ?? meanStep(elementOf(dataSet, "00181065")?.Value ?? []);
  const rates = [
    numberOf(dataSet, "00082144"),
    numberOf(dataSet, "00180040"),
    timeMs === undefined || timeMs <= 0 ? undefined : 1000 / timeMs,
  ];
  return rates.find((rate) => rate !== undefined && rate >= believed.least && rate <= believed.most);
}

/** The first value of FrameTimeVector is 0: it is before the first frame. */
function meanStep(values: readonly unknown[]): number | undefined {
  const steps = values.slice(1).filter((value) => typeof value === "number");
  return steps.length === 0 ? undefined : steps.reduce((sum, step) => sum + step, 0) / steps.length;
}
