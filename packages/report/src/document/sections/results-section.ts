import type { ReportInput } from "../../report-input.ts";
import type { Block, Section } from "../document.ts";
import { categoryTable } from "./category-table.ts";
import { lesionBlocks, siteTable, totalPairs } from "./output-tables.ts";
import { pictureBlocks } from "./picture-blocks.ts";
import { riskBlocks } from "./risk-blocks.ts";
import { sensitivityBlocks } from "./sensitivity-blocks.ts";

/** What was measured, from the total to the lesion, with what the scales and equations make of the total. */
export function resultsSection(input: ReportInput): Section {
  const blocks: readonly Block[] = [
    totalPairs(input),
    ...siteTable(input),
    ...categoryTable(input.verdicts),
    ...riskBlocks(input),
    ...sensitivityBlocks(input),
    ...lesionBlocks(input),
    ...pictureBlocks(input),
  ];
  return { id: "results", title: { en: "Results", fr: "Résultats" }, blocks };
}
