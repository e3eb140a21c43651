import type { Language } from "@etalon/base";
import type { Ledger } from "@etalon/volume";
import { shownNumber, tableLines } from "./table.ts";

/** Files named one by one for each reason; the rest are counted. */
const NAMED_FILES = 5;

/** What `etalon ledger` prints: stacks, then files without a place by reason, then notes. */
export function ledgerText(ledger: Ledger, language: Language): string {
  const isFrench = language === "fr";
  const lines = [isFrench ? "Piles d'images" : "Stacks of images"];
  lines.push(...tableLines(ledger.stacks.map((stack) => stackRow(stack, language))).map((line) => `  ${line}`));
  const byReason = new Map<string, string[]>();
  for (const { path, reason } of ledger.entries) {
    if (reason === undefined) continue;
    const key = reason.errorCode === undefined ? reason.code : `${reason.code} (${reason.errorCode})`;
    byReason.set(key, [...(byReason.get(key) ?? []), path]);
  }
  if (byReason.size > 0) lines.push("", isFrench ? "Fichiers laissés de côté" : "Files left aside");
  for (const [reason, paths] of [...byReason].sort()) {
    lines.push(`  ${reason}: ${paths.length}`);
    lines.push(...paths.slice(0, NAMED_FILES).map((path) => `    ${path}`));
    if (paths.length > NAMED_FILES) lines.push(`    … ${paths.length - NAMED_FILES}`);
  }
  if (ledger.notes.length > 0) lines.push("", isFrench ? "Remarques" : "Notes");
  for (const note of ledger.notes) {
    lines.push(`  ${note.code}  ${note.stackId ?? note.seriesInstanceUid ?? ""}  ${JSON.stringify(note.details)}`);
  }
  return `${lines.join("\n")}\n`;
}

function stackRow(stack: Ledger["stacks"][number], language: Language): string[] {
  const header = stack.frames.at(0)?.instance.header;
  const axes = stack.axes.map(({ name, coordinates }) => `${name} ×${coordinates.length}`).join(" ");
  const increments = stack.slicePositionsMm.slice(1).map((position, i) => position - (stack.slicePositionsMm[i] ?? 0));
  const incrementMm = increments.sort((a, b) => a - b)[Math.floor(increments.length / 2)];
  return [
    `${header?.modality ?? ""} ${header?.seriesDescription ?? ""}`.trim(),
    `${stack.columns} × ${stack.rows} × ${stack.slicePositionsMm.length}`,
    incrementMm === undefined ? "" : `${shownNumber(incrementMm, language)} mm`,
    axes,
    stack.id,
  ];
}
