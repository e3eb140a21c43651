import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { EtalonError } from "@etalon/base";
import { bytesSource, type CodecSet, createCodecSet, decodeFrame, readInstanceHeader, readPart10 } from "@etalon/dicom";

/** What became of one file. */
export interface ConformanceRow {
  /** Path below the folder measured, with "/" between folders. */
  readonly path: string;
  /** "none" where the file is no DICOM file. */
  readonly transferSyntaxUid: string;
  readonly outcome: "decoded" | "no-pixels" | "refused";
  readonly frames: number;
  /** Of a refusal: the code of the error, and its sentence without the name of the file. */
  readonly code: string;
  readonly reason: string;
}

/** The page that this script writes. */
export const conformancePage: string = resolve(import.meta.dirname, "../docs/conformance.md");

/** PixelData, FloatPixelData and DoubleFloatPixelData. */
const pixelDataTags = ["7FE00010", "7FE00008", "7FE00009"];

const outcomes = ["decoded", "no-pixels", "refused"] as const;

/**
 * Reads every file below a folder and decodes every frame.
 *
 * @throws whatever is not an EtalonError: no file may bring one about
 */
export async function measureConformance(folder: string): Promise<readonly ConformanceRow[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const paths = files.map((file) => relative(folder, file).split(sep).join("/")).sort();
  const codecs = createCodecSet();
  const rows: ConformanceRow[] = [];
  for (const path of paths) rows.push(await measureFile(folder, path, codecs));
  return rows;
}

/** The page: counts by folder and by transfer syntax, and each refusal with its reason. */
export function conformanceMarkdown(rows: readonly ConformanceRow[]): string {
  const refused = rows.filter((row) => row.outcome === "refused");
  const lines = [
    "# What is read, and what is refused",
    "",
    "Every file of `7-conformance` in the shared data, read to its last frame by `scripts/conformance-table.ts`, which",
    "writes this page; a test compares the two. *Decoded*: header and all frames. *No pixels*: an object without an image",
    "(reports, plans, directories). *Refused*: a typed error, listed below.",
    "",
    `${rows.length} files, ${rows.reduce((sum, row) => sum + row.frames, 0)} frames decoded.`,
    "",
    "## By folder",
    "",
    ...countTable("folder", rows, (row) => row.path.split("/")[0] ?? ""),
    "",
    "## By transfer syntax",
    "",
    ...countTable("transfer syntax", rows, (row) => row.transferSyntaxUid),
    "",
    "## Refused",
    "",
    "| file | code | reason |",
    "|---|---|---|",
    ...refused.map((row) => `| ${row.path} | ${row.code} | ${row.reason.replaceAll("|", "\\|")} |`),
  ];
  return `${lines.join("\n")}\n`;
}

async function measureFile(folder: string, path: string, codecs: CodecSet): Promise<ConformanceRow> {
  const source = bytesSource(path, await readFile(join(folder, path)));
  const row = { path, transferSyntaxUid: "none", frames: 0, code: "", reason: "" };
  try {
    const part10 = await readPart10(source, { until: "end" });
    row.transferSyntaxUid = part10.transferSyntaxUid;
    if (pixelDataTags.every((tag) => part10.dataSet[tag] === undefined)) return { ...row, outcome: "no-pixels" };
    const header = readInstanceHeader(part10, path);
    // An image that says it has no frame is asked for one all the same, and refused with its reason.
    for (let frameIndex = 0; frameIndex < Math.max(1, header.numberOfFrames); frameIndex += 1) {
      await decodeFrame(source, part10, { header, frameIndex, codecs });
      row.frames += 1;
    }
    return { ...row, outcome: "decoded" };
  } catch (thrown) {
    if (!(thrown instanceof EtalonError)) throw new Error(`${path}: an error without a code`, { cause: thrown });
    const reason = thrown.message.replace(`${path}: `, "");
    return { ...row, outcome: "refused", code: thrown.code, reason };
  }
}

function countTable(
  title: string,
  rows: readonly ConformanceRow[],
  keyOf: (row: ConformanceRow) => string,
): readonly string[] {
  const count = (of: readonly ConformanceRow[]) =>
    outcomes.map((outcome) => of.filter((row) => row.outcome === outcome).length).join(" | ");
  const keys = [...new Set(rows.map(keyOf))].sort();
  return [
    `| ${title} | decoded | no pixels | refused |`,
    "|---|---|---|---|",
    ...keys.map((key) => `| ${key} | ${count(rows.filter((row) => keyOf(row) === key))} |`),
    `| all | ${count(rows)} |`,
  ];
}

if (import.meta.main) {
  const folder = process.argv[2] ?? resolve(import.meta.dirname, "../../shared/data/7-conformance");
  await writeFile(conformancePage, conformanceMarkdown(await measureConformance(folder)));
}
