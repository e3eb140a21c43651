import type { Verdict } from "@etalon/decide";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Chart } from "../document.ts";

/** With and without the calcium score, side by side. */
export function riskBlocks({ verdicts }: Pick<ReportInput, "verdicts">): readonly Block[] {
  const verdict = verdicts?.verdicts.find(
    ({ pack, outcome, value }) =>
      pack === "mesa-chd-risk" &&
      outcome === "applies" &&
      typeof value?.riskWithoutCalciumPercent === "number" &&
      typeof value.riskWithCalciumPercent === "number",
  );
  return verdict === undefined ? [] : [{ kind: "chart", chart: riskBars(verdict) }];
}

function riskBars(verdict: Verdict): Chart {
  const bar = (key: string, en: string, fr: string) => {
    const percent = verdict.value?.[key];
    return {
      label: { en, fr },
      percent: typeof percent === "number" ? percent : 0,
      origin: { kind: "verdict", rule: verdict.rule, key } as const,
    };
  };
  const bars = [
    bar("riskWithoutCalciumPercent", "Without the calcium score", "Sans le score calcique"),
    bar("riskWithCalciumPercent", "With the calcium score", "Avec le score calcique"),
  ];
  return {
    kind: "risk-bars",
    title: verdict.title,
    description: {
      en: "Two bars: the ten-year risk without and with the calcium score.",
      fr: "Deux barres : le risque à dix ans sans et avec le score calcique.",
    },
    bars,
  };
}
