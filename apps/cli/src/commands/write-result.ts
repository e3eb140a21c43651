import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { drawLesions } from "../pictures/draw-lesions.ts";
import type { ReadStudy } from "../sources/read-study.ts";
import { say, type Terminal } from "../terminal.ts";
import { unwritable, writeOutput } from "../write-output.ts";

const RESULT_FILE = "result.json";

/**
 * Writes `result.json` and a picture of each lesion into a folder. Another result that is there is moved with its pictures
 * into `earlier-<digest>/` beside them: it may hold a reader's marks.
 *
 * @throws {EtalonError} `file-unwritable`
 */
export async function writeResult(
  result: Result,
  study: ReadStudy,
  { folder, terminal }: { readonly folder: string; readonly terminal: Terminal },
): Promise<void> {
  const pictures = await drawLesions(result, study);
  const earlier = await keepEarlier(folder, result.digest);
  const file = join(folder, RESULT_FILE);
  await writeOutput(file, `${JSON.stringify(result, null, 2)}\n`);
  for (const { name, png } of pictures) await writeOutput(join(folder, name), png);
  if (earlier !== undefined) {
    say(terminal, { en: `Moved the earlier result to ${earlier}`, fr: `Résultat précédent déplacé dans ${earlier}` });
  }
  say(terminal, {
    en: `Wrote ${file}${pictures.length > 0 ? ` and ${pictures.length} pictures` : ""}`,
    fr: `Écrit ${file}${pictures.length > 0 ? ` et ${pictures.length} images` : ""}`,
  });
}

/** Moves a result of another digest out of the way; answers with the folder it is in now. */
async function keepEarlier(folder: string, digest: string): Promise<string | undefined> {
  const bytes = await readFile(join(folder, RESULT_FILE)).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const earlier = digestIn(bytes);
  if (earlier === digest) return undefined;
  const target = join(folder, `earlier-${(earlier ?? sha256Hex(bytes)).slice(0, 8)}`);
  try {
    await mkdir(target, { recursive: true });
    const pictures = (await readdir(folder)).filter((name) => /^lesion(s|-.*)\.png$/.test(name));
    for (const name of [RESULT_FILE, ...pictures]) await rename(join(folder, name), join(target, name));
  } catch (cause) {
    throw unwritable(target, cause);
  }
  return target;
}

/** The digest of a stored result, if it is one. */
function digestIn(bytes: Uint8Array): string | undefined {
  try {
    const stored: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof stored !== "object" || stored === null || !("digest" in stored)) return undefined;
    return typeof stored.digest === "string" && /^[0-9a-f]{64}$/.test(stored.digest) ? stored.digest : undefined;
  } catch {
    // Somebody else's file: named by its own hash instead.
    return undefined;
  }
}
