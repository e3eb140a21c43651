import { catalog } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";

/** A French report of a measured study without verdicts or pictures, but for what a test wants otherwise. */
export function reportInputOf(
  { result, context, sources }: Required<Pick<ReportInput, "result" | "context" | "sources">>,
  more: Partial<ReportInput> = {},
): ReportInput {
  const protocol = catalog.find(({ id }) => id === result.protocol.id);
  if (protocol === undefined) throw new Error(`the catalogue lacks ${result.protocol.id}`);
  return {
    result,
    protocol,
    verdicts: null,
    context,
    sources,
    keyImages: [],
    createdAt: "2026-03-01T12:00:00+01:00",
    language: "fr",
    ...more,
  };
}
