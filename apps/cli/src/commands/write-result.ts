import { mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import type { Result } from "@etalon/measure";
import type { OutputFile } from "../documents/make-documents.ts";
import { type LesionPictures, pictureName } from "../pictures/draw-lesions.ts";
import { say, type Terminal } from "../terminal.ts";
import { unwritable, writeOutput } from "../write-output.ts";

const RESULT_FILE = "result.json";
const VERDICTS_FILE = "verdicts.json";
const SHEET_FILE = "lesions.png";

/** What is written of one analysis. */
export interface Written {
  readonly result: Result;
  readonly pictures: LesionPictures;
  readonly documents: readonly OutputFile[];
}

/**
 * Writes `result.json`, a picture of each lesion and the documents into a folder. What is there of another result, or of
 * the same result with other verdicts, is moved into `earlier-<digest>/` beside them: it may hold a reader's marks.
 *
 * @throws {EtalonError} `file-unwritable`
 */
export async function writeResult(
  { result, pictures, documents }: Written,
  { folder, terminal }: { readonly folder: string; readonly terminal: Terminal },
): Promise<void> {
  const files: OutputFile[] = [
    { name: RESULT_FILE, content: `${JSON.stringify(result, null, 2)}\n` },
    ...pictures.keyImages.map((image) => ({ name: pictureName(image), content: image.png })),
    ...(pictures.sheetPng === undefined ? [] : [{ name: SHEET_FILE, content: pictures.sheetPng }]),
    ...documents,
  ];
  const earlier = await keepEarlier(folder, { result: result.digest, verdicts: digestOfVerdicts(documents) });
  for (const { name, content } of files) await writeOutput(join(folder, name), content);
  if (earlier !== undefined) {
    say(terminal, { en: `Moved the earlier result to ${earlier}`, fr: `Résultat précédent déplacé dans ${earlier}` });
  }
  const count = pictures.keyImages.length + (pictures.sheetPng === undefined ? 0 : 1);
  say(terminal, {
    en: `Wrote ${join(folder, RESULT_FILE)}${count > 0 ? ` and ${count} pictures` : ""}`,
    fr: `Écrit ${join(folder, RESULT_FILE)}${count > 0 ? ` et ${count} images` : ""}`,
  });
  if (documents.length === 0) return;
  const names = documents.map(({ name }) => name).join(", ");
  say(terminal, { en: `Beside it: ${names}`, fr: `À côté : ${names}` });
}

interface Digests {
  readonly result: string;
  /** Absent where no verdicts are written: those that are there stay. */
  readonly verdicts: string | undefined;
}

/** Moves an analysis of other digests out of the way; answers with the folder it is in now. */
async function keepEarlier(folder: string, digests: Digests): Promise<string | undefined> {
  const bytes = await readFile(join(folder, RESULT_FILE)).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const verdictBytes = await readFile(join(folder, VERDICTS_FILE)).catch(() => undefined);
  const result = digestIn(bytes);
  const verdicts = verdictBytes === undefined ? undefined : digestIn(verdictBytes);
  const hasOtherVerdicts = verdicts !== undefined && digests.verdicts !== undefined && verdicts !== digests.verdicts;
  if (result === digests.result && !hasOtherVerdicts) return undefined;
  const names = [result ?? sha256Hex(bytes), ...(verdicts === undefined ? [] : [verdicts])].map((name) =>
    name.slice(0, 8),
  );
  const target = join(folder, `earlier-${names.join("-")}`);
  try {
    await mkdir(target, { recursive: true });
    const written = (await readdir(folder)).filter(isOurs);
    for (const name of written) await rename(join(folder, name), join(target, name));
  } catch (cause) {
    throw unwritable(target, cause);
  }
  return target;
}

/** Whether a file of this name is one that an analysis writes. */
function isOurs(name: string): boolean {
  return (
    [RESULT_FILE, VERDICTS_FILE, SHEET_FILE, "result.csv"].includes(name) ||
    /^(lesion|map)-.*\.png$/.test(name) ||
    /^(report|patient)\.(en|fr)\..+$/.test(name) ||
    /\.(seg|sc|pm)\.dcm$/.test(name) ||
    /^[a-z0-9-]+\.nii\.gz$/.test(name)
  );
}

function digestOfVerdicts(documents: readonly OutputFile[]): string | undefined {
  const content = documents.find(({ name }) => name === VERDICTS_FILE)?.content;
  return typeof content === "string" ? digestIn(new TextEncoder().encode(content)) : undefined;
}

/** The digest of a stored result or verdicts document, if it is one. */
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
