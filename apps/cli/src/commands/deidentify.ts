import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError, InputError, type Language, messageOf } from "@etalon/base";
import {
  confidentialityProfile,
  createCodecSet,
  type DeidentifyPart10Options,
  deidentifyPart10,
  type PixelRectangle,
} from "@etalon/dicom";
import { readArguments } from "../arguments.ts";
import { expandPaths } from "../sources/expand-paths.ts";
import { createFileOpener } from "../sources/file-source.ts";
import type { Readable } from "../sources/readable.ts";
import { unreadable } from "../sources/unreadable.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { writeOutput } from "../write-output.ts";

/** What happened to one file. The path is of the input: the report is for whoever holds the originals. */
type Outcome =
  | { readonly path: string; readonly written: string; readonly pixels: string; readonly changes: readonly object[] }
  | { readonly path: string; readonly refused: string; readonly message: string };

const optionNames = ["profile", "options", "key", "blank", "pixels", "out", "report"];
const randomKeyLength = 32;

/**
 * `etalon deidentify <path…> --out DIR`: writes every file without identity under a name that says nothing, and says what
 * was changed. Exit code 3 where a file was refused; the others are written.
 */
export async function deidentify(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { paths, options } = readArguments(argv, { options: optionNames, pairs: [] });
  const { out } = options;
  if (paths.length === 0) throw new EtalonError("missing-value", { field: "path" });
  if (out === undefined) throw new EtalonError("missing-value", { field: "--out" });
  const how = await readHow(options, terminal);
  const outcomes: Outcome[] = [];
  for (const file of await expandPaths(paths, createFileOpener())) {
    outcomes.push(await deidentifyFile(file, { how, out, number: outcomes.length + 1, language: terminal.language }));
  }
  const refused = outcomes.filter((outcome) => "refused" in outcome);
  const report = { schema: "etalon.deidentification/1", profile: how.profile, files: outcomes };
  if (options.report !== undefined) await writeOutput(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (terminal.isJson) printJson(terminal, report);
  else {
    for (const { path, message, refused: code } of refused)
      terminal.err(`${message.startsWith(path) ? message : `${path}: ${message}`} [${code}]\n`);
    const written = outcomes.length - refused.length;
    say(terminal, {
      en: `${written} files written to ${out}, ${refused.length} refused`,
      fr: `${written} fichiers écrits dans ${out}, ${refused.length} refusés`,
    });
  }
  return refused.length > 0 ? 3 : 0;
}

async function readHow(
  options: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<DeidentifyPart10Options> {
  const { profile = "basic", options: names = "", pixels, key } = options;
  if (pixels !== undefined && pixels !== "accept") throw new InputError("unknown-name", "--pixels", pixels, "accept");
  const accepted = pixels === "accept" ? { isPixelTextAccepted: true as const } : {};
  return {
    profile: confidentialityProfile(
      profile,
      names.split(",").filter((name) => name !== ""),
    ),
    context: { key: key === undefined ? randomKey(terminal) : await readKey(key) },
    codecs: createCodecSet(),
    blanked: (options.blank ?? "")
      .split(";")
      .filter((text) => text !== "")
      .map(readRectangle),
    ...accepted,
  };
}

function randomKey(terminal: Terminal): Uint8Array {
  say(terminal, {
    en: "No --key: pseudonyms are the same within this run, and cannot be made again",
    fr: "Sans --key : les pseudonymes sont les mêmes au sein de cette exécution, et ne pourront pas être refaits",
  });
  return crypto.getRandomValues(new Uint8Array(randomKeyLength));
}

async function readKey(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

function readRectangle(text: string): PixelRectangle {
  const numbers = text.split(",").map(Number);
  const [column, row, columns, rows] = numbers;
  if (numbers.length !== 4 || !numbers.every((number) => Number.isInteger(number) && number >= 0))
    throw new InputError("wrong-type", "--blank", text, "column,row,columns,rows");
  return { column, row, columns, rows };
}

async function deidentifyFile(
  file: Readable,
  to: {
    readonly how: DeidentifyPart10Options;
    readonly out: string;
    readonly number: number;
    readonly language: Language;
  },
): Promise<Outcome> {
  try {
    const done = await deidentifyPart10(await file.open(), to.how);
    const name = `${String(to.number).padStart(6, "0")}.dcm`;
    await writeOutput(join(to.out, name), done.bytes);
    return { path: file.path, written: name, pixels: done.pixels, changes: done.changes };
  } catch (error) {
    if (!(error instanceof EtalonError) || error.code === "file-unwritable") throw error;
    return { path: file.path, refused: error.code, message: messageOf(error, to.language) };
  }
}
