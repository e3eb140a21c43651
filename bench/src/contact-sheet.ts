/**
 * Stores every image of the shared data in a server of its own, opens each stack in the page in Chromium, and writes what was
 * seen: pictures to look at into a temporary folder, the table of times into docs/contact-sheet.md.
 *
 * `npm run contact-sheet [-- part of a path]`; with a part only those files, and no table.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { sharedDataRoot } from "@etalon/testing";
import { contactPage, contactTable, type Tile, tilesPerPage } from "./workstation/contact-pages.ts";
import { openStacks } from "./workstation/open-stacks.ts";
import { type OpenWorkstation, openWorkstation } from "./workstation/open-workstation.ts";
import { sharedImages } from "./workstation/shared-images.ts";

/** What is known of a series from the files it was stored from. */
interface StoredSeries {
  readonly name: string;
  readonly syntax: string;
}

const part = process.argv[2] ?? "";
const folder = mkdtempSync(join(tmpdir(), "etalon-contact-"));
const station = await openWorkstation({ width: 1180, height: 720 });
try {
  const { studies, series, refused } = await storeAll(station);
  const tiles = await photographAll(station, studies, series);
  await writePages(station, tiles);
  if (part === "") writeTable(tiles, refused);
  process.stdout.write(`${tiles.length} stacks, ${refused.length} files refused; pictures in ${folder}\n`);
  for (const failure of station.failures) process.stdout.write(`page error: ${failure}\n`);
} finally {
  await station.close();
}

async function storeAll({ store }: OpenWorkstation) {
  const studies = new Set<string>();
  const series = new Map<string, StoredSeries>();
  const refused: string[] = [];
  for await (const image of sharedImages(sharedDataRoot)) {
    if (!image.path.includes(part)) continue;
    const reason = await store(image.bytes);
    if (reason !== undefined) {
      refused.push(`${image.path}: ${reason}`);
      continue;
    }
    studies.add(image.studyInstanceUid);
    const known = series.get(image.seriesInstanceUid);
    const isLoneFile = known === undefined;
    const name = isLoneFile ? image.path : `${dirname(image.path)}/…`;
    const syntax = `${image.syntax}, ${image.photometric}`;
    series.set(image.seriesInstanceUid, { name, syntax });
    // A clip is a stack of its own, by its own name.
    series.set(image.sopInstanceUid, { name: image.path, syntax });
  }
  return { studies, series, refused };
}

async function photographAll(
  { page, url }: OpenWorkstation,
  studies: ReadonlySet<string>,
  series: ReadonlyMap<string, StoredSeries>,
): Promise<readonly Tile[]> {
  const tiles: Tile[] = [];
  await page.goto(`${url}/`);
  await page.waitForSelector("[data-testid=study-row]");
  for (const study of studies) {
    try {
      for await (const { stackId, ...opened } of openStacks(page, study)) {
        const uid = stackId.split("/")[0] ?? "";
        const known = series.get(uid) ?? { name: stackId, syntax: "" };
        tiles.push({ ...opened, ...known });
        process.stderr.write(`${tiles.length} ${known.name} ${opened.firstMs?.toFixed(0)} ${opened.error ?? ""}\n`);
      }
    } catch (error) {
      process.stderr.write(`study ${study}: ${String(error)}\n`);
    }
  }
  return tiles;
}

async function writePages({ browser }: OpenWorkstation, tiles: readonly Tile[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1640, height: 1180 } });
  for (let at = 0; at * tilesPerPage < tiles.length; at += 1) {
    await page.setContent(contactPage(tiles.slice(at * tilesPerPage, (at + 1) * tilesPerPage)));
    await page.screenshot({ path: join(folder, `page-${String(at + 1).padStart(2, "0")}.png`), fullPage: true });
  }
  await page.close();
}

function writeTable(tiles: readonly Tile[], refused: readonly string[]): void {
  const sorted = [...tiles].sort((a, b) => (a.name < b.name ? -1 : 1));
  const opened = tiles.filter(({ error }) => error === undefined).length;
  const text = `# Contact sheet

Every image of the shared data, stored in the server and opened in the page in Debian's Chromium with software rendering, by
\`npm run contact-sheet\`. ${opened} of ${tiles.length} stacks open; ${refused.length} files are refused when they are stored. The time of
the first stack of a study begins at the worklist and counts its metadata; that of the others begins with the click.

${contactTable(sorted)}

## Refused when stored

${refused.map((line) => `- ${line}`).join("\n")}
`;
  mkdirSync(resolve(import.meta.dirname, "../../docs"), { recursive: true });
  writeFileSync(resolve(import.meta.dirname, "../../docs/contact-sheet.md"), text);
}
