import type { ReportInput } from "../../report-input.ts";
import type { Block, Section } from "../document.ts";
import { bullsEyeBlocks } from "./bulls-eye-blocks.ts";
import { categoryTable } from "./category-table.ts";
import { contextPairs } from "./context-pairs.ts";
import { curveBlocks } from "./curve-blocks.ts";
import { lesionBlocks, siteTable, totalPairs } from "./output-tables.ts";
import { percentileBlocks } from "./percentile-blocks.ts";
import { pictureBlocks } from "./picture-blocks.ts";
import { riskBlocks } from "./risk-blocks.ts";
import { sensitivitySummary } from "./sensitivity-section.ts";

/** What was measured, from the total to the lesion, with what the scales and equations make of the total. */
export function resultsSection(input: ReportInput): Section {
  const blocks: readonly Block[] = [
    totalPairs(input),
    ...bullsEyeBlocks(input),
    ...siteTable(input),
    ...curveBlocks(input),
    ...categoryTable(input.verdicts),
    ...contextPairs(input.verdicts),
    ...percentileBlocks(input),
    ...riskBlocks(input),
    ...sensitivitySummary(input),
    ...lesionBlocks(input),
    ...pictureBlocks(input),
  ];
  return { id: "results", title: { en: "Results", fr: "Résultats" }, blocks };
}
