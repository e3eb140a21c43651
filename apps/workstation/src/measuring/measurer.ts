import { EtalonError, type Language } from "@etalon/base";
import { parseFacts, type Verdict } from "@etalon/decide";
import { type ByteSource, type DataSet, readPart10 } from "@etalon/dicom";
import {
  type AnyProtocol,
  catalog,
  type MeasuredCurve,
  type ParametricMap,
  type PreparedRun,
  prepareRun,
  type Result,
} from "@etalon/measure";
import {
  buildPatientPage,
  buildReport,
  chartSvg,
  gatherReportInput,
  type Line,
  type ReportDocument,
  renderHtml,
  unmetText,
  verdictCard,
} from "@etalon/report";
import { inlineText, typeset } from "@etalon/report/text";
import {
  buildLedger,
  createFrameReader,
  type FrameReader,
  type Ledger,
  type LoadOptions,
  loadVolume,
  type Received,
  type Stack,
  type Volume,
} from "@etalon/volume";
import { createImageShelf } from "./image-shelf.ts";
import { mapFile } from "./map-file.ts";
import type {
  CardText,
  DocumentRequest,
  Documents,
  DrawnChart,
  MadeFile,
  MapRequest,
  Measured,
  MeasureRequest,
  MeasuringProgress,
} from "./measuring-messages.ts";
import { shownMap } from "./shown-map.ts";

/** Measures with the protocols of the catalogue, and keeps what the next edit can use. */
export interface Measurer {
  /** @throws {EtalonError} what reading, selecting and measuring refuse */
  readonly measure: (request: MeasureRequest, onProgress: (progress: MeasuringProgress) => void) => Promise<Measured>;
  /** Of the last result. @throws {EtalonError} `contradictory-facts`, `missing-value` before anything was measured */
  readonly documents: (request: DocumentRequest) => Promise<Documents>;
  /** Of the last result. @throws {EtalonError} `result-not-found` where the digest is another's, and as `mapFile` */
  readonly map: (request: MapRequest) => Promise<MadeFile>;
}

/** What was measured last. */
interface Last {
  readonly protocol: AnyProtocol;
  readonly result: Result;
  readonly curves: readonly MeasuredCurve[];
  readonly maps: readonly ParametricMap[];
  readonly study: Study;
}

interface Study {
  readonly key: string;
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
}

/** Beside the digest: names what computed a result. */
const build = { etalon: "0.1.0", engine: "page" };

/** Volumes that are kept: those of the protocols a reader goes back and forth between. */
const keptVolumes = 3;

/** A measurer of one page. */
export function createMeasurer(): Measurer {
  const shelf = createImageShelf();
  const readVolume = createVolumeKeeper();
  let study: Study | undefined;
  let last: Last | undefined;

  const gather = (
    { protocol, result, curves, study: measured }: Last,
    { language, createdAt, facts }: Pick<DocumentRequest, "language" | "createdAt" | "facts">,
  ): ReturnType<typeof gatherReportInput> =>
    gatherReportInput({
      ...{ result, protocol, keyImages: [], curves, indication: undefined, showsEthnicity: true, language, createdAt },
      study: { ledger: measured.ledger, readHeader: async (path) => headerOf(path, shelf.openers.get(path)) },
      facts: parseFacts({ schema: "etalon.facts/1", facts }),
    });

  const open = (received: readonly Received[]): Study => {
    const key = received.map(({ path }) => path).join(" ");
    if (study?.key === key) return study;
    const frames = createFrameReader(shelf.openers);
    study = { key, ledger: buildLedger(received, new Map()), readFrame: frames };
    return study;
  };

  return {
    measure: async (request, onProgress) => {
      const received = await shelf.read(request.sources, (done, total) => onProgress({ step: "reading", done, total }));
      const opened = open(received);
      const protocol = protocolOf(request.protocolId);
      const run = await prepareRun({
        ...{ protocol, ledger: opened.ledger, readFrame: opened.readFrame, readVolume },
        ...{ marks: request.marks, overrides: request.overrides, numbers: request.numbers },
        ...{ roleChoices: request.roleChoices, versionChoices: new Map<string, string>(), build },
        onStage: (stage) => onProgress({ step: stage, done: 0, total: 1 }),
      });
      const measured = timed(run);
      const { result, curves } = measured;
      last = { protocol, result, curves, maps: run.maps(), study: opened };
      return measured;
    },
    documents: async (request) => {
      if (last === undefined) throw new EtalonError("missing-value", { field: "result" });
      const { result } = last;
      const { language, pageLanguage, sections, pictures, signature, addenda, prior } = request;
      const gathered = await gather(last, request);
      const reading = { sections, pictures, addenda, ...(signature === undefined ? {} : { signature }) };
      const input = { ...gathered, reading, ...(prior === undefined ? {} : { prior }) };
      const report = buildReport(input);
      return {
        digest: result.digest,
        cards: gathered.verdicts.verdicts.map((verdict) => cardText(verdict, pageLanguage)),
        facts: gathered.verdicts.facts,
        html: renderHtml(report, language),
        patientHtml: renderHtml(buildPatientPage(input), language),
        charts: chartsOf(report, pageLanguage),
      };
    },
    map: async (request) => {
      if (last?.result.digest !== request.digest) throw new EtalonError("result-not-found", { field: request.digest });
      return mapFile(last.maps, request, await gather(last, { ...request, facts: [] }));
    },
  };
}

function protocolOf(id: string): AnyProtocol {
  const protocol = catalog.find((one) => one.id === id);
  if (protocol === undefined) throw new EtalonError("unknown-name", { field: "protocol", received: id });
  return protocol;
}

function timed(run: PreparedRun): Measured {
  const before = performance.now();
  const result = run.measure();
  const located = run.locate();
  const tookMs = performance.now() - before;
  return { result, located, maps: run.maps().map(shownMap), curves: run.curves(), tookMs };
}

function cardText(verdict: Verdict, language: Language): CardText {
  const { tone, outcome, statement, lines, source } = verdictCard(verdict);
  const text = (line: Line): string => line.map((inline) => inlineText(inline, language)).join("");
  return {
    verdict,
    tone,
    outcome: text(outcome),
    statement: text(statement),
    lines: lines.map(text),
    source: text(source),
    unmet: verdict.outcome === "does-not" ? typeset(unmetText(verdict)[language], language) : "",
  };
}

async function headerOf(path: string, open: (() => Promise<ByteSource>) | undefined): Promise<DataSet> {
  if (open === undefined) throw new EtalonError("missing-value", { field: path });
  return (await readPart10(await open(), { until: "pixel-data" })).dataSet;
}

function chartsOf({ sections }: ReportDocument, language: Language): readonly DrawnChart[] {
  return sections
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) =>
      block.kind === "chart"
        ? [
            {
              kind: block.chart.kind,
              title: block.chart.title,
              description: block.chart.description,
              svg: chartSvg(block.chart, language),
            },
          ]
        : [],
    );
}

/** Volumes by the frames they are made of: no mark and no parameter changes them. */
function createVolumeKeeper(): (stack: Stack, options: LoadOptions) => Promise<Volume> {
  const kept = new Map<string, Promise<Volume>>();
  return (stack, options) => {
    const frames = stack.frames.map(({ instance, header }) => `${instance.dataSetSha256}/${header.frameIndex}`);
    const key = [options.unit, ...frames].join(" ");
    const known = kept.get(key);
    if (known !== undefined) return known;
    const [oldest] = kept.keys();
    if (kept.size >= keptVolumes && oldest !== undefined) kept.delete(oldest);
    const volume = loadVolume(stack, options);
    kept.set(key, volume);
    volume.catch(() => kept.delete(key));
    return volume;
  };
}
