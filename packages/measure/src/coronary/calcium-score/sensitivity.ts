import type { Volume } from "@etalon/volume";
import type { SensitivityRow } from "../../protocol.ts";
import { calciumCategory } from "./categories.ts";
import { type Evaluation, totalAgatston } from "./evaluate.ts";
import type { ScoreRules } from "./score.ts";

/** How the volume came to be scored, and how another volume of the same study is made ready. */
export interface ThicknessContext {
  /** The volume as acquired: the one that was scored unless its slices were averaged. */
  readonly acquired: Volume;
  /** Averages thin slices; absent where slices are not thin or lie too far apart. */
  readonly averaged: (() => Volume) | undefined;
  readonly prepare: (volume: Volume) => Evaluation;
}

interface Variant {
  readonly parameter: string;
  readonly choice: string;
  readonly evaluation: () => Evaluation;
}

/**
 * The total Agatston score under every published choice, one parameter at a time: minimum area 1 mm², 3 or 4 pixels; 4 or
 * 8 neighbours; peak of the slice-lesion or of the whole lesion; thin slices averaged or not; normalised to the increment
 * or not. The choice in use is listed with the others.
 */
export function varyChoices(used: Evaluation, context: ThicknessContext): SensitivityRow[] {
  const base = calciumCategory(totalAgatston(used));
  return listVariants(used, context).map(({ parameter, choice, evaluation }) => {
    const value = totalAgatston(evaluation());
    const category = calciumCategory(value);
    return { parameter, choice, output: "agatston-score", value, category, changesCategory: category !== base };
  });
}

function listVariants(used: Evaluation, { acquired, averaged, prepare }: ThicknessContext): Variant[] {
  const withRules = (rules: Partial<ScoreRules>) => () => ({ ...used, rules: { ...used.rules, ...rules } });
  const variants: Variant[] = [
    { parameter: "minimum-area", choice: "1-mm2", evaluation: withRules({ minimumAreaMm2: 1, minimumPixels: 1 }) },
    { parameter: "minimum-area", choice: "3-pixels", evaluation: withRules({ minimumAreaMm2: 0, minimumPixels: 3 }) },
    { parameter: "minimum-area", choice: "4-pixels", evaluation: withRules({ minimumAreaMm2: 0, minimumPixels: 4 }) },
    { parameter: "connectivity", choice: "8", evaluation: () => ({ ...used, connectivity: 8 }) },
    { parameter: "connectivity", choice: "4", evaluation: () => ({ ...used, connectivity: 4 }) },
    { parameter: "peak-of", choice: "slice-lesion", evaluation: withRules({ peakOf: "slice-lesion" }) },
    { parameter: "peak-of", choice: "whole-lesion", evaluation: withRules({ peakOf: "whole-lesion" }) },
    { parameter: "slice-normalisation", choice: "increment", evaluation: withRules({ normalise: true }) },
    { parameter: "slice-normalisation", choice: "none", evaluation: withRules({ normalise: false }) },
  ];
  if (averaged !== undefined) {
    const isAveraged = used.volume !== acquired;
    variants.push(
      {
        parameter: "thickness-handling",
        choice: "average-thin",
        evaluation: () => (isAveraged ? used : prepare(averaged())),
      },
      {
        parameter: "thickness-handling",
        choice: "as-acquired",
        evaluation: () => (isAveraged ? prepare(acquired) : used),
      },
    );
  }
  return variants;
}
