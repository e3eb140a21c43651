import type { Text } from "@etalon/base";
import { hoffPercentileCurves, mesaPercentileCurves, type Verdicts } from "@etalon/decide";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Chart } from "../document.ts";
import { leadingTotal } from "../leading-values.ts";

type Curves = Extract<Chart, { kind: "percentile-curve" }>["curves"];

/** Reference curves with the words that say whose they are. */
interface Reference {
  readonly title: Text;
  readonly curves: Curves;
}

/** The score among people of the same age and sex; nothing where no reference applies. */
export function percentileBlocks({ result, verdicts, percentileStratum }: ReportInput): readonly Block[] {
  const score = leadingTotal(result);
  const age = factOf(verdicts, "age");
  if (verdicts === null || score?.id !== "agatston-score" || typeof age !== "number") return [];
  const reference = referenceFor(verdicts, percentileStratum);
  if (reference === undefined) return [];
  const { title, curves } = reference;
  return [
    {
      kind: "chart",
      chart: {
        kind: "percentile-curve",
        title,
        description: {
          en: "Agatston score by age: the curves of the 25th, 50th, 75th and 90th percentile, and the point of this scan.",
          fr: "Score d'Agatston selon l'âge : les courbes des 25e, 50e, 75e et 90e percentiles, et le point de cet examen.",
        },
        curves,
        patient: { age, score: score.value },
      },
    },
  ];
}

/**
 * The curves that a verdict shown beside them rests on. MESA's go by ethnicity, which a report does not show unless it is
 * asked to; Hoff's go by age and sex alone.
 */
function referenceFor(verdicts: Verdicts, stratum: ReportInput["percentileStratum"]): Reference | undefined {
  const applies = (rule: string) => verdicts.verdicts.some((one) => one.rule === rule && one.outcome === "applies");
  const sex = factOf(verdicts, "sex");
  if (sex !== "male" && sex !== "female") return undefined;
  if (stratum !== undefined && applies("mesa-percentile/by-ethnicity")) {
    return {
      title: { en: "Percentiles of the score by age (MESA)", fr: "Percentiles du score selon l'âge (MESA)" },
      curves: mesaPercentileCurves(stratum),
    };
  }
  if (applies("mesa-percentile/white-reference")) {
    return {
      title: {
        en: "Percentiles of the score by age (MESA, White reference)",
        fr: "Percentiles du score selon l'âge (MESA, référence blanche)",
      },
      curves: mesaPercentileCurves({ sex, ethnicity: "white" }),
    };
  }
  if (!applies("hoff-percentile/band")) return undefined;
  return {
    title: {
      en: "Percentiles of the score by age and sex (Hoff 2001)",
      fr: "Percentiles du score selon l'âge et le sexe (Hoff 2001)",
    },
    curves: hoffPercentileCurves(sex),
  };
}

function factOf(verdicts: Verdicts | null, id: string): number | string | boolean | undefined {
  return verdicts?.facts.find((fact) => fact.id === id)?.value;
}
