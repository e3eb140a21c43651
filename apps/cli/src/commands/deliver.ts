import { join } from "node:path";
import { InputError } from "@etalon/base";
import { type Facts, parseFacts, type Verdicts } from "@etalon/decide";
import type { AnyProtocol, ItemMask, MeasuredCurve, ParametricMap, Result } from "@etalon/measure";
import { type Format, readFormats } from "../documents/formats.ts";
import type { OutputFile } from "../documents/make-documents.ts";
import { noFacts } from "../documents/no-facts.ts";
import { readJsonFile } from "../json-file.ts";
import { drawLesions } from "../pictures/draw-lesions.ts";
import { drawMaps } from "../pictures/draw-maps.ts";
import type { ReadStudy } from "../sources/read-study.ts";
import { printJson, type Terminal } from "../terminal.ts";
import { resultText } from "../text/result-text.ts";
import { verdictSummary } from "../text/verdicts-text.ts";
import { writeResult } from "./write-result.ts";

/** What is wanted of an analysis besides its result. */
export interface Wanted {
  readonly formats: ReadonlySet<Format>;
  readonly facts: Facts;
  readonly indication: string | undefined;
  readonly showsEthnicity: boolean;
  readonly folder: string | undefined;
  /** Whether anything but `result.json` was asked for. */
  readonly hasDocuments: boolean;
}

/** What was measured, and what it was measured from. */
export interface Measured {
  readonly result: Result;
  readonly protocol: AnyProtocol;
  readonly study: ReadStudy;
  readonly outline: () => ItemMask | null;
  readonly maps: () => readonly ParametricMap[];
  readonly curves: () => readonly MeasuredCurve[];
  readonly terminal: Terminal;
}

/**
 * What the options of `analyze` ask for; read before anything is measured.
 *
 * @throws {EtalonError} `unknown-name` for a format or a fact to show; what a facts file that is none throws
 */
export async function readWanted(options: Readonly<Record<string, string | undefined>>): Promise<Wanted> {
  const { facts, format, indication, out, show } = options;
  if (show !== undefined && show !== "ethnicity") throw new InputError("unknown-name", "--show", show, "ethnicity");
  return {
    formats: readFormats(format),
    facts: facts === undefined ? noFacts : parseFacts(await readJsonFile(facts)),
    indication,
    showsEthnicity: show === "ethnicity",
    folder: out,
    hasDocuments: facts !== undefined || format !== undefined,
  };
}

/**
 * Writes the result, its pictures and the documents, and prints the result. Without a folder and under `--json` nothing is
 * written unless documents were asked for.
 *
 * @throws {EtalonError} `contradictory-facts`, `file-unwritable`
 */
export async function deliver(wanted: Wanted, measured: Measured): Promise<void> {
  const { result, protocol, study, outline, terminal } = measured;
  const isWritten = wanted.folder !== undefined || !terminal.isJson || wanted.hasDocuments;
  const mask = isWritten ? outline() : null;
  const lesions = await drawLesions(result, mask, study);
  const pictures = isWritten
    ? { ...lesions, keyImages: [...lesions.keyImages, ...drawMaps(measured.maps())] }
    : lesions;
  let documents: readonly OutputFile[] = [];
  let verdicts: Verdicts | undefined;
  if (wanted.hasDocuments) {
    // Charts and renderers are hundreds of modules: loaded only for who asks for them.
    const { gatherReportInput } = await import("@etalon/report");
    const { makeDocuments } = await import("../documents/make-documents.ts");
    const input = await gatherReportInput({
      ...{ result, protocol, study, keyImages: pictures.keyImages, curves: measured.curves() },
      ...{ facts: wanted.facts, indication: wanted.indication, showsEthnicity: wanted.showsEthnicity },
      language: terminal.language,
      createdAt: new Date().toISOString(),
    });
    documents = await makeDocuments(wanted.formats, {
      ...{ input, mask, maps: measured.maps(), curves: measured.curves() },
      isReversed: isReversed(result, study),
    });
    verdicts = input.verdicts;
  }
  if (isWritten) {
    await writeResult({ result, pictures, documents }, { folder: wanted.folder ?? defaultFolder(result), terminal });
  }
  if (terminal.isJson) printJson(terminal, result);
  else {
    terminal.out(resultText(result, protocol, terminal.language));
    if (verdicts !== undefined) terminal.out(verdictSummary(verdicts, terminal.language));
  }
}

/** Whether the file of the first input holds its slices in descending order of the grid. */
function isReversed({ recipe }: Result, { ledger }: ReadStudy): boolean {
  const frames = ledger.stacks.find(({ id }) => id === recipe.roles.at(0)?.stackId)?.frames ?? [];
  const [first, last] = [frames.at(0), frames.at(-1)];
  if (first?.instance.kind !== "nifti" || last === undefined) return false;
  return first.alongNormalMm < last.alongNormalMm && first.header.frameIndex > last.header.frameIndex;
}

function defaultFolder({ protocol, digest }: Result): string {
  return join("etalon-results", `${protocol.id.replaceAll("/", "-")}-${digest.slice(0, 8)}`);
}
