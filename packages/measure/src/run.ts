import { InputError } from "@etalon/base";
import {
  type FrameReader,
  type Ledger,
  type LedgerNote,
  type LoadOptions,
  ledgerSummary,
  loadVolume,
  type Stack,
  type Volume,
} from "@etalon/volume";
import { digestOf, hashRecipe } from "./digest.ts";
import { gatherWeighted, isWeighted } from "./gather-weighted.ts";
import { moveImages } from "./mapping/move-images.ts";
import type { ParametricMap } from "./mapping/parametric-map.ts";
import { type Marks, transformsOf } from "./marks.ts";
import { type Overrides, parameterValues, resolveParameters } from "./parameters.ts";
import type { MeasuredCurve } from "./perfusion/measured-curve.ts";
import { phaseOfRole } from "./phase-of-role.ts";
import type { AnyProtocol, CandidateRuns, ItemMask, Measurement, Role, SeriesInput, SeriesRole } from "./protocol.ts";
import { type ResolvedRegion, resolveAnalyticRegion } from "./region.ts";
import { type Drawn, resolveDrawn } from "./resolve-drawn.ts";
import type { Recipe, Result } from "./result.ts";
import { resolveSegmentRegion } from "./segment-region.ts";
import { selectSeries } from "./select-series.ts";

/** Everything a run depends on. */
export interface RunRequest {
  readonly protocol: AnyProtocol;
  readonly ledger: Ledger;
  /** Decodes one frame; called once per frame of the series in use. */
  readonly readFrame: FrameReader;
  /** Makes a volume of a stack: by default anew in each run. Who edits marks keeps volumes, which no mark changes. */
  readonly readVolume?: (stack: Stack, options: LoadOptions) => Promise<Volume>;
  readonly marks: Marks | null;
  readonly overrides: Overrides;
  /** Numbers by role, in the unit that the role declares. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Stack id or series UID by role, where the user chose; of a cine, with "@" and the number of the phase, from 1. */
  readonly roleChoices: Readonly<Record<string, string>>;
  /** The images of the result that is computed again: inputs of one phase are then those. */
  readonly recordedInputs?: Recipe["inputs"];
  /** Versions chosen among data sets that share a UID, as given to the ledger. */
  readonly versionChoices: ReadonlyMap<string, string>;
  /** Why each version was chosen, by UID, where the reader said. */
  readonly versionChoiceSources?: ReadonlyMap<string, string>;
  readonly build: Result["build"];
  /** Called at the start of each stage. */
  readonly onStage?: (stage: "loading" | "measuring", detail: string) => void;
}

/** A run whose inputs are loaded: what was measured can be outlined without reading the images again. */
export interface PreparedRun {
  /** @throws EtalonError when no correct number can be given */
  readonly measure: () => Result;
  /** The voxels of each item of the result; `null` for a protocol whose items are no voxels. */
  readonly outline: () => ItemMask | null;
  /** Where the candidates of the result lie; `null` for a protocol that proposes nothing voxel by voxel. */
  readonly locate: () => CandidateRuns | null;
  /** The voxels of the result's maps, in their order. */
  readonly maps: () => readonly ParametricMap[];
  /** The points of the result's curves, in their order. */
  readonly curves: () => readonly MeasuredCurve[];
}

/**
 * Runs a protocol: finds its inputs in the ledger, loads their voxels, measures, and names everything by its hash. The
 * digest depends on pixels, marks, parameters and protocol version only.
 *
 * @throws EtalonError of selecting, loading and measuring; `missing-value` and `unknown-name` for numbers
 */
export async function runProtocol(request: RunRequest): Promise<Result> {
  return (await prepareRun(request)).measure();
}

/**
 * Finds a protocol's inputs in the ledger and loads their voxels.
 *
 * @throws EtalonError of selecting and loading; `missing-value` and `unknown-name` for numbers
 */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  const { protocol, marks } = request;
  const parameters = resolveParameters(protocol, request.overrides);
  const gathered = await gatherRoles(request);
  const resolved = marks === null ? null : await resolveMarks(marks, gathered.series, request);
  const inputs = {
    // The runner built the values from the same declarations that the protocol's types are made of.
    roles: gathered.values as never,
    parameters: parameterValues(parameters) as never,
    regions: resolved === null ? null : resolved.regions,
    ...(resolved === null ? {} : { structures: resolved.drawn.structures, seeds: resolved.drawn.seeds }),
  };
  let measured: Measurement | undefined;
  const measureOnce = (): Measurement => {
    measured ??= protocol.measure(inputs);
    return measured;
  };
  return {
    measure: () => {
      request.onStage?.("measuring", protocol.id);
      const images = [...gathered.inputs, ...(resolved?.inputs ?? [])];
      return resultOf(measureOnce(), request, {
        inputs: images,
        numbers: gathered.numbers,
        roles: gathered.roles,
        choices: chosenVersions(images, request.versionChoices).map((choice) => withSource(choice, request)),
        marks: resolved === null ? null : resolved.drawn.marks,
        parameters: parameters.map((record) => ({ ...record })),
      });
    },
    outline: () => protocol.outline?.(inputs) ?? null,
    locate: () => protocol.locate?.(inputs) ?? null,
    maps: () => measureOnce().mapValues ?? [],
    curves: () => measureOnce().curveValues ?? [],
  };
}

/** The result of a measurement, named by its digest. */
function resultOf(
  measurement: Measurement,
  { protocol, ledger, build }: RunRequest,
  recipe: Omit<Recipe, "hashes">,
): Result {
  const identity = { id: protocol.id, version: protocol.version };
  const measured = {
    protocol: identity,
    outputs: measurement.outputs.map((output) => ({ ...output })),
    provisional: measurement.provisional,
    quality: measurement.quality.map(({ code, severity, details }) => ({ code, severity, details: { ...details } })),
    candidates: measurement.candidates.map((candidate) => ({ ...candidate, measures: { ...candidate.measures } })),
    maps: measurement.maps.map((map) => ({ ...map })),
    curves: measurement.curves.map((curve) => ({ ...curve })),
    sensitivity: measurement.sensitivity.map((row) => ({ ...row })),
  };
  return {
    schema: "etalon.result/1",
    ...measured,
    ledger: ledgerSummary(ledger),
    recipe: { ...recipe, hashes: hashRecipe(identity, recipe) },
    digest: digestOf({ ...measured, recipe }),
    build,
  };
}

interface GatheredRoles {
  readonly values: Record<string, SeriesInput | number | null>;
  readonly series: Map<string, SeriesInput>;
  readonly inputs: Recipe["inputs"];
  readonly numbers: Recipe["numbers"];
  readonly roles: Recipe["roles"];
}

async function gatherRoles(request: RunRequest): Promise<GatheredRoles> {
  const gathered: GatheredRoles = { values: {}, series: new Map(), inputs: [], numbers: [], roles: [] };
  const declared = request.protocol.roles;
  requireRoles(
    declared,
    transformsOf(request.marks).map(({ role }) => role),
    "series",
  );
  requireRoles(declared, Object.keys(request.numbers), "number");
  requireRoles(declared, Object.keys(request.roleChoices), "series");
  for (const [id, role] of Object.entries(declared)) {
    if (role.kind === "series") await gatherSeries(gathered, { id, role }, request);
    else gatherNumber(gathered, { id, role }, request);
  }
  return gathered;
}

function gatherNumber(
  { values, numbers }: GatheredRoles,
  { id, role }: { readonly id: string; readonly role: Role },
  request: RunRequest,
): void {
  const value = request.numbers[id];
  if (value === undefined && role.isOptional !== true) throw new InputError("missing-value", id, "");
  values[id] = value ?? null;
  if (value === undefined) return;
  if (!Number.isFinite(value)) throw new InputError("not-finite", id, value);
  numbers.push({ role: id, value, unit: role.unit });
}

async function gatherSeries(
  gathered: GatheredRoles,
  { id, role }: { readonly id: string; readonly role: SeriesRole },
  request: RunRequest,
): Promise<void> {
  const { ledger, readFrame, protocol, marks } = request;
  const choice = request.roleChoices[id];
  const recorded = request.recordedInputs;
  if (role.isOptional === true && choice === undefined && !isAskedFor(id, request)) {
    gathered.values[id] = null;
    return;
  }
  if (isWeighted(role)) {
    const { input, chosenBy } = await gatherWeighted({ id, role }, { ledger, readFrame, choice });
    const { stack } = input;
    request.onStage?.("loading", `${input.images.length} × ${stack.columns} × ${stack.rows}`);
    const moved = moveImages(id, input, transformsOf(marks));
    gathered.values[id] = { ...moved, notes: input.stacks.flatMap((one) => notesOn(one, request)) };
    gathered.series.set(id, input);
    gathered.roles.push({ role: id, stackId: stack.id, chosenBy });
    gathered.inputs.push(...imagesOf(stack, id));
    return;
  }
  const phase = role.isOnePhase === true ? phaseOfRole(id, { protocol, ledger, marks, choice, recorded }) : undefined;
  const { stack, chosenBy } = selectSeries(
    ledger,
    { id, role, ...(phase === undefined ? {} : { narrow: phase.narrow }) },
    phase === undefined ? choice : phase.stackChoice,
  );
  request.onStage?.("loading", `${stack.slicePositionsMm.length} × ${stack.columns} × ${stack.rows}`);
  const volume = await (request.readVolume ?? loadVolume)(stack, { readFrame, unit: role.unit });
  const input = { volume, stack, notes: notesOn(stack, request) };
  gathered.values[id] = input;
  gathered.series.set(id, input);
  gathered.roles.push({ role: id, stackId: stack.id, chosenBy });
  gathered.inputs.push(...imagesOf(stack, id));
}

/** Whether an optional input is one of the result that is replayed. */
function isAskedFor(id: string, { recordedInputs }: RunRequest): boolean {
  return recordedInputs?.some(({ role }) => role === id) === true;
}

/** The images of a stack, sorted by hash, each with its frames where not all of them are in the stack. */
function imagesOf(stack: Stack, role: string): Recipe["inputs"] {
  const byHash = Map.groupBy(stack.frames, ({ instance }) => instance.dataSetSha256);
  return [...byHash]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dataSetSha256, own]) => {
      const { instance } = own[0];
      const frames = own.map(({ header }) => header.frameIndex + 1).sort((a, b) => a - b);
      return {
        ...{ kind: instance.kind ?? "dicom", role, dataSetSha256, uid: instance.header.sopInstanceUid },
        ...(stack.axes.length === 0 && frames.length < instance.header.frames.length ? { frames } : {}),
      };
    });
}

function requireRoles(declared: AnyProtocol["roles"], given: readonly string[], kind: Role["kind"]): void {
  for (const id of given) {
    if (!Object.hasOwn(declared, id)) {
      throw new InputError("unknown-name", "role", id, Object.keys(declared).join(", "));
    }
    if (declared[id].kind !== kind) throw new InputError("wrong-type", id, kind, declared[id].kind);
  }
}

/** Notes that say what else was received beside a stack: a result must not depend on that. */
const NOTES_ON_OTHERS: ReadonlySet<LedgerNote["code"]> = new Set([
  "split-by-acquisition",
  "split-by-geometry",
  "split-by-image-type",
]);

/** What the ledger knows of the frames of a stack, and which of them are versions that were chosen. */
function notesOn(stack: Stack, { ledger, versionChoices }: RunRequest): LedgerNote[] {
  const { id: stackId, seriesInstanceUid } = stack;
  const notes = ledger.notes.filter((note) => note.stackId === stackId && !NOTES_ON_OTHERS.has(note.code));
  const instances = stack.frames.map(({ instance }) => ({
    uid: instance.header.sopInstanceUid,
    dataSetSha256: instance.dataSetSha256,
  }));
  const chosen = chosenVersions(instances, versionChoices).map(({ uid, dataSetSha256 }) => ({
    code: "version-chosen" as const,
    seriesInstanceUid,
    stackId,
    details: { sopInstanceUid: uid, dataSetSha256 },
  }));
  return [...notes, ...chosen];
}

function withSource(
  choice: { readonly uid: string; readonly dataSetSha256: string },
  { versionChoiceSources }: RunRequest,
): Recipe["choices"][number] {
  const source = versionChoiceSources?.get(choice.uid);
  return source === undefined ? choice : { ...choice, source };
}

/** The choices that decided over images in use, each once, sorted by UID, with whole hashes. */
function chosenVersions(
  images: readonly { readonly uid: string; readonly dataSetSha256: string }[],
  choices: ReadonlyMap<string, string>,
): { uid: string; dataSetSha256: string }[] {
  const used = new Map(images.map(({ uid, dataSetSha256 }) => [uid, dataSetSha256]));
  return [...used]
    .filter(([uid]) => choices.has(uid))
    .map(([uid, dataSetSha256]) => ({ uid, dataSetSha256 }))
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

interface ResolvedMarks {
  readonly regions: ResolvedRegion[];
  readonly drawn: Drawn;
  /** The segmentations and label maps that were read, each once. */
  readonly inputs: Recipe["inputs"];
}

async function resolveMarks(
  marks: Marks,
  series: ReadonlyMap<string, SeriesInput>,
  { protocol, ledger, readFrame }: RunRequest,
): Promise<ResolvedMarks> {
  const regions: ResolvedRegion[] = [];
  const inputs = new Map<string, Recipe["inputs"][number]>();
  for (const region of marks.regions) {
    if (region.shape.kind === "contour" || region.shape.kind === "point") continue;
    const analytic = resolveAnalyticRegion(region);
    if (analytic !== undefined) {
      regions.push(analytic);
      continue;
    }
    const { region: segment, dataSetSha256, uid } = await resolveSegmentRegion(region, ledger, readFrame);
    regions.push(segment);
    inputs.set(dataSetSha256, { kind: "dicom", role: "marks", dataSetSha256, uid });
  }
  const drawn = await resolveDrawn(marks, { protocol, ledger, readFrame, series, regions });
  for (const input of drawn.inputs) inputs.set(input.dataSetSha256, input);
  return {
    regions,
    drawn,
    inputs: [...inputs.values()].sort((a, b) => (a.dataSetSha256 < b.dataSetSha256 ? -1 : 1)),
  };
}
