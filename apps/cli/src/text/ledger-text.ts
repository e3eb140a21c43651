import type { Language } from "@etalon/base";
import { shownNumber } from "@etalon/report/text";
import type { Ledger, UnplacedReason } from "@etalon/volume";
import { noteText } from "./note-text.ts";
import { reasonDetail, reasonText } from "./reason-text.ts";
import { columnLines } from "./table.ts";

/** Files or notes named one by one for each code; the rest are counted. */
const NAMED = 5;
/** Hexadecimal digits of a hash that are shown, enough to tell the versions of one object apart. */
const SHOWN_HASH_DIGITS = 16;

/** What `etalon ledger` prints: stacks, then files without a place by reason, then notes. */
export function ledgerText(ledger: Ledger, language: Language): string {
  const isFrench = language === "fr";
  const lines = [isFrench ? "Piles d'images" : "Stacks of images", ...stackLines(ledger, language)];
  const aside = asideLines(ledger, language);
  if (aside.length > 0) lines.push("", isFrench ? "Fichiers laissés de côté" : "Files left aside", ...aside);
  const notes = groupBy(ledger.notes, ({ code }) => code);
  if (notes.size > 0) lines.push("", isFrench ? "Remarques" : "Notes");
  for (const list of notes.values()) {
    for (const note of list.slice(0, NAMED)) {
      const where = note.stackId ?? note.seriesInstanceUid;
      lines.push(`  ${noteText(note, language)} [${note.code}]${where === undefined ? "" : ` ${where}`}`);
    }
    lines.push(...moreLines(list.length, "  "));
  }
  return `${lines.join("\n")}\n`;
}

function stackLines({ stacks }: Ledger, language: Language): string[] {
  if (stacks.length === 0) return [language === "fr" ? "  aucune" : "  none"];
  const head =
    language === "fr"
      ? ["série", "colonnes × lignes × coupes", "incrément", "autres axes", "identifiant"]
      : ["series", "columns × rows × slices", "increment", "other axes", "id"];
  return columnLines([head, ...stacks.map((stack) => stackRow(stack, language))]).map((line) => `  ${line}`);
}

function asideLines({ entries }: Ledger, language: Language): string[] {
  const unplaced = entries.flatMap(({ path, reason, dataSetSha256 }) =>
    reason === undefined ? [] : [{ path, reason, dataSetSha256 }],
  );
  const groups = groupBy(unplaced, ({ reason }) => reasonText(reason, language));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([reason, files]) => [
      `  ${reason}: ${files.length}`,
      ...files.slice(0, NAMED).map((file) => `    ${fileLine(file)}`),
      ...moreLines(files.length, "    "),
    ]);
}

interface UnplacedFile {
  readonly path: string;
  readonly reason: UnplacedReason;
  readonly dataSetSha256: string | undefined;
}

/** A version is named by the start of its hash, which is what `--choose` takes. */
function fileLine({ path, reason, dataSetSha256 }: UnplacedFile): string {
  const isVersion = reason.code === "undecided-version" || reason.code === "not-chosen";
  const detail = isVersion ? `sha256 ${dataSetSha256?.slice(0, SHOWN_HASH_DIGITS)}` : reasonDetail(reason);
  return detail === "" ? path : `${path} (${detail})`;
}

function moreLines(count: number, indent: string): string[] {
  return count > NAMED ? [`${indent}… +${count - NAMED}`] : [];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function stackRow(stack: Ledger["stacks"][number], language: Language): string[] {
  const header = (stack.frames.at(0)?.instance ?? stack.undecided.at(0)?.versions.at(0))?.header;
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
