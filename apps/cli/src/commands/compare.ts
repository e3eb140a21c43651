import { join } from "node:path";
import { EtalonError, InputError } from "@etalon/base";
import { type StudyContext, studyContextOf } from "@etalon/dicom";
import { type Comparison, catalog, compareResults, parseResult, type Result } from "@etalon/measure";
import { type FollowUpContext, followUpTexts } from "@etalon/report/text";
import { readArguments } from "../arguments.ts";
import { readJsonFile } from "../json-file.ts";
import { readStudy } from "../sources/read-study.ts";
import { researchOptions } from "../sources/research-options.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { comparisonText } from "../text/comparison-text.ts";
import { writeOutput } from "../write-output.ts";

const OPTIONS = ["earlier-study", "later-study", "dates", "accept", "context", "format", "out"] as const;

/** `etalon compare EARLIER LATER`: two results of one protocol side by side, each change against its repeatability. */
export async function compare(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { paths, options } = readArguments(argv, { options: OPTIONS, pairs: [] });
  const [earlierPath, laterPath, unexpected] = paths;
  if (earlierPath === undefined || laterPath === undefined) {
    throw new EtalonError("missing-value", { field: earlierPath === undefined ? "EARLIER" : "LATER" });
  }
  if (unexpected !== undefined)
    throw new EtalonError("unexpected-argument", { field: "compare", received: unexpected });
  const context = readContext(options.context);
  const formats = readComparisonFormats(options.format);
  const [earlier, later] = [parseResult(await readJsonFile(earlierPath)), parseResult(await readJsonFile(laterPath))];
  const before = await studyOf(earlier, { option: "earlier-study", path: options["earlier-study"] }, terminal);
  const after = await studyOf(later, { option: "later-study", path: options["later-study"] }, terminal);
  const dates = readDates(options.dates) ?? datesOf(before, after);
  const comparison = compareResults(earlier, later, {
    ...(dates === undefined ? {} : { dates }),
    ...(before === undefined || after === undefined
      ? {}
      : { patients: { earlier: before.patient, later: after.patient } }),
    ...(options.accept === undefined ? {} : { accepted: options.accept.split(",") }),
  });
  const folder = options.out ?? (formats.size > 0 ? "." : undefined);
  if (folder !== undefined) await writeDocuments(comparison, { formats, context, folder, terminal });
  if (terminal.isJson) printJson(terminal, comparison);
  else terminal.out(comparisonText(comparison, { language: terminal.language, context }));
  return 0;
}

type ComparisonFormat = "html" | "pdf";

function readComparisonFormats(text: string | undefined): ReadonlySet<ComparisonFormat> {
  const names = text?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  return new Set(
    names.flatMap((name): ComparisonFormat[] => {
      if (name === "json") return [];
      if (name !== "html" && name !== "pdf") throw new InputError("unknown-name", "--format", name, "json, html, pdf");
      return [name];
    }),
  );
}

function readContext(text: string | undefined): FollowUpContext | undefined {
  if (text === undefined || text === "myocarditis" || text === "covid") return text;
  throw new InputError("unknown-name", "--context", text, Object.keys(followUpTexts).join(", "));
}

function readDates(text: string | undefined): { readonly earlier: string; readonly later: string } | undefined {
  if (text === undefined) return undefined;
  const [earlier, later, more] = text.split(",");
  if (earlier === undefined || later === undefined || more !== undefined) {
    throw new InputError("wrong-type", "--dates", text, "YYYY-MM-DD,YYYY-MM-DD");
  }
  return { earlier, later };
}

/** Whose and when the images of a result are, from the study that holds them. */
async function studyOf(
  { recipe }: Result,
  { option, path }: { readonly option: string; readonly path: string | undefined },
  terminal: Terminal,
): Promise<StudyContext | undefined> {
  if (path === undefined) return undefined;
  const research = researchOptions((id) => recipe.parameters.find((one) => one.id === id)?.value);
  const study = await readStudy([path], { choices: new Map(), research }, terminal);
  const measured = new Set(recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256));
  const found = study.received.filter((item) => "header" in item && measured.has(item.dataSetSha256));
  const [first] = found;
  if (first === undefined) throw new EtalonError("result-not-of-study", { field: `--${option}`, received: path });
  // A research file says nothing of the person.
  return "kind" in first && first.kind === "nifti" ? undefined : studyContextOf(await study.readHeader(first.path));
}

function datesOf(
  before: StudyContext | undefined,
  after: StudyContext | undefined,
): { readonly earlier: string; readonly later: string } | undefined {
  const [earlier, later] = [before?.study.date, after?.study.date];
  return earlier === undefined || later === undefined ? undefined : { earlier: dayOf(earlier), later: dayOf(later) };
}

/** A DICOM date, YYYYMMDD, as a day. */
function dayOf(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
}

interface Documents {
  readonly formats: ReadonlySet<ComparisonFormat>;
  readonly context: FollowUpContext | undefined;
  readonly folder: string;
  readonly terminal: Terminal;
}

async function writeDocuments(
  comparison: Comparison,
  { formats, context, folder, terminal }: Documents,
): Promise<void> {
  const { language } = terminal;
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    const path = join(folder, name);
    await writeOutput(path, content);
    say(terminal, { en: `Written: ${path}`, fr: `Écrit : ${path}` });
  };
  await write("comparison.json", `${JSON.stringify(comparison, null, 2)}\n`);
  const protocol = catalog.find(({ id }) => id === comparison.protocol.id);
  if (formats.size === 0) return;
  if (protocol === undefined) {
    throw new InputError("unknown-name", "protocol", comparison.protocol.id, catalog.map(({ id }) => id).join(", "));
  }
  // Renderers are hundreds of modules: loaded only for who asks for them.
  const { buildComparison, renderHtml } = await import("@etalon/report");
  const document = buildComparison({
    ...{ comparison, protocol, createdAt: new Date().toISOString() },
    ...(context === undefined ? {} : { context }),
  });
  if (formats.has("html")) await write(`comparison.${language}.html`, renderHtml(document, language));
  if (!formats.has("pdf")) return;
  const { createPdfRenderer } = await import("@etalon/report/pdf");
  await write(`comparison.${language}.pdf`, (await createPdfRenderer()).render(document, language));
}
