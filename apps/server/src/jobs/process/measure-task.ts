import { EtalonError } from "@etalon/base";
import { parseFacts } from "@etalon/decide";
import { type ByteSource, readPart10 } from "@etalon/dicom";
import { type AnyProtocol, catalog, type ParametricMap, prepareRun, type Result } from "@etalon/measure";
import { gatherReportInput, type LesionSegmentation, lesionSegmentation, structuredReport } from "@etalon/report";
import {
  buildLedger,
  createFrameReader,
  type FrameReader,
  type Ledger,
  type Received,
  receiveSource,
} from "@etalon/volume";
import manifest from "../../../package.json" with { type: "json" };
import type { BlobStore } from "../../store/blob-store.ts";
import type { MeasuredMaterial, MeasuringStep, MeasuringTask } from "./measuring-messages.ts";

/** A result, what documents need besides it, and the objects to be stored beside its images. */
export interface Measured {
  readonly result: Result;
  readonly material: MeasuredMaterial;
  readonly segmentation: Uint8Array | null;
  readonly report: Uint8Array | null;
  readonly maps: readonly ParametricMap[];
}

/** Told how far a task is: 0 to 1. */
export type OnProgress = (step: MeasuringStep, progress: number) => void;

/** Where the steps begin, of the whole: rough, as a series of 60 slices spends its time. */
const startOf: Readonly<Record<MeasuringStep, number>> = { reading: 0, loading: 0.3, measuring: 0.6, reporting: 0.9 };

/**
 * Measures stored images by the road that every result takes: the bytes are hashed again as they are read, so that the
 * result names what it was measured on.
 *
 * @throws {EtalonError} of reading, selecting, loading and measuring; `blob-missing`, `store-failed`
 */
export async function measureTask(task: MeasuringTask, store: BlobStore, onProgress: OnProgress): Promise<Measured> {
  const protocol = protocolOf(task);
  const { request } = task;
  const study = await receive(task, store, onProgress);
  const frames = study.ledger.stacks.reduce((sum, stack) => sum + stack.frames.length, 0);
  let loaded = 0;
  const run = await prepareRun({
    protocol,
    ledger: study.ledger,
    readFrame: async (frame) => {
      loaded += 1;
      onProgress("loading", between("loading", "measuring", loaded / Math.max(1, frames)));
      return study.readFrame(frame);
    },
    marks: request.marks,
    overrides: request.parameters,
    numbers: request.numbers,
    roleChoices: request.roles,
    versionChoices: new Map(),
    build: { etalon: manifest.version, engine: `node ${process.versions.node}` },
    onStage: (stage) => {
      if (stage === "measuring") onProgress("measuring", startOf.measuring);
    },
  });
  const result = run.measure();
  onProgress("reporting", startOf.reporting);
  const input = await gatherReportInput({
    ...{ result, protocol, study, keyImages: [], indication: undefined, showsEthnicity: false },
    facts: request.facts === null ? new Map() : parseFacts(request.facts),
    language: task.language,
    createdAt: task.createdAt,
  });
  const curves = run
    .curves()
    .map(({ timesS, values, ...curve }) => ({ ...curve, timesS: [...timesS], values: [...values] }));
  const material = { context: input.context, sources: input.sources ?? [], curves };
  const maps = run.maps().map(withPlainGrid);
  // Objects belong to a study: of a measurement without images there are none.
  if (material.sources.length === 0) {
    return { result, material: { ...material, segmentation: null }, segmentation: null, report: null, maps };
  }
  const mask = run.outline();
  const segmentation = mask === null ? null : lesionSegmentation(input, mask);
  const report = structuredReport(input, { segmentation });
  return {
    result,
    material: { ...material, segmentation: segmentation === null ? null : withoutBytes(segmentation) },
    segmentation: segmentation?.bytes ?? null,
    report: report.bytes,
    maps,
  };
}

/** A map without the volume whose grid it has, which would go to another process with it. */
function withPlainGrid({ grid, ...map }: ParametricMap): ParametricMap {
  const { columns, rows, slices, rowSpacingMm, columnSpacingMm, rowDirection, columnDirection, normal } = grid;
  const { sliceOriginsLpsMm, sliceIncrementsMm, sliceThicknessMm } = grid;
  const plane = { columns, rows, rowSpacingMm, columnSpacingMm, rowDirection, columnDirection, normal };
  return { ...map, grid: { ...plane, slices, sliceOriginsLpsMm, sliceIncrementsMm, sliceThicknessMm } };
}

function withoutBytes({ bytes: _, ...named }: LesionSegmentation): MeasuredMaterial["segmentation"] {
  return named;
}

function protocolOf({ protocolId }: MeasuringTask): AnyProtocol {
  const protocol = catalog.find(({ id }) => id === protocolId);
  if (protocol !== undefined) return protocol;
  const expected = catalog.map(({ id }) => id).join(", ");
  throw new EtalonError("unknown-name", { field: "protocol", received: protocolId, details: { expected } });
}

interface ReceivedStudy {
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
  readonly readHeader: (path: string) => Promise<Awaited<ReturnType<typeof readPart10>>["dataSet"]>;
}

async function receive({ instances }: MeasuringTask, store: BlobStore, onProgress: OnProgress): Promise<ReceivedStudy> {
  const sources = new Map(
    instances.map(({ sopInstanceUid, fileSha256, sizeBytes }) => [
      sopInstanceUid,
      blobSource(store, { name: sopInstanceUid, sha256: fileSha256, sizeBytes }),
    ]),
  );
  const received: Received[] = [];
  for (const [path, source] of sources) {
    received.push(await receiveSource(path, source));
    onProgress("reading", between("reading", "loading", received.length / sources.size));
  }
  const sourceOf = async (path: string): Promise<ByteSource> => {
    const source = sources.get(path);
    if (source === undefined) throw new EtalonError("file-not-found", { field: path });
    return source;
  };
  return {
    ledger: buildLedger(received, new Map()),
    readFrame: createFrameReader(new Map([...sources.keys()].map((path) => [path, () => sourceOf(path)] as const))),
    readHeader: async (path) => (await readPart10(await sourceOf(path), { until: "pixel-data" })).dataSet,
  };
}

function blobSource(
  store: BlobStore,
  { name, sha256, sizeBytes }: { readonly name: string; readonly sha256: string; readonly sizeBytes: number },
): ByteSource {
  return {
    name,
    size: sizeBytes,
    read: async (offset, length) => {
      const end = Math.min(sizeBytes, offset + length);
      return end <= offset ? new Uint8Array(0) : store.read(sha256, { offset, length: end - offset });
    },
  };
}

function between(from: MeasuringStep, to: MeasuringStep, part: number): number {
  return startOf[from] + (startOf[to] - startOf[from]) * Math.min(1, part);
}
