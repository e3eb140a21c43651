import type { Ledger } from "@etalon/volume";
import { digestOf, hashRecipe } from "./digest.ts";
import type { AnyProtocol } from "./protocol.ts";
import type { Result } from "./result.ts";
import type { RunRequest } from "./run.ts";
import { runProtocol } from "./run.ts";

/** The first thing in which a result and its replay differ. */
export interface Difference {
  readonly kind: "version" | "instance" | "mark" | "parameter" | "number" | "choice" | "value";
  /** Which one: a SOP Instance UID, a region, a parameter, a path in the result. */
  readonly where: string;
  readonly recorded: string;
  readonly found: string;
}

/** What a replay says. */
export type Verdict =
  | {
      readonly verdict: "identical";
      readonly digest: string;
      readonly isSameBuild: boolean;
      /** Images of the same series that were given to the replay and are not in the result. */
      readonly unmeasuredImages: number;
    }
  | { readonly verdict: "differs"; readonly difference: Difference };

/** What a replay must know of an image that was received. */
export interface ReceivedImage {
  readonly uid: string;
  readonly seriesUid: string;
  readonly dataSetSha256: string;
}

/** What a replay needs besides the result: the images, and how to read them. */
export interface ReplaySources {
  readonly catalog: readonly AnyProtocol[];
  /** Builds the ledger of the images whose data set hash is in the list, with the versions chosen. */
  readonly ledgerOf: (dataSetSha256: ReadonlySet<string>, choices: ReadonlyMap<string, string>) => Ledger;
  /** Every image received. */
  readonly received: readonly ReceivedImage[];
  readonly readFrame: RunRequest["readFrame"];
  readonly build: Result["build"];
}

/**
 * Computes a result again from the images and says whether it is identical, or names the first difference: version, then
 * the recipe against its own hashes, then the images, then the values.
 */
export async function verifyResult(result: Result, sources: ReplaySources): Promise<Verdict> {
  const protocol = sources.catalog.find(({ id }) => id === result.protocol.id);
  const difference =
    differentVersion(result, protocol) ??
    tamperedRecipe(result) ??
    changedParameter(result, protocol) ??
    changedImage(result, sources.received);
  if (difference !== undefined || protocol === undefined) {
    return { verdict: "differs", difference: difference ?? missingProtocol(result) };
  }
  const replay = await replayResult(result, protocol, sources);
  const changed = differentValue(result, replay);
  if (changed !== undefined) return { verdict: "differs", difference: changed };
  const isSameBuild = result.build.etalon === replay.build.etalon && result.build.engine === replay.build.engine;
  return {
    verdict: "identical",
    digest: replay.digest,
    isSameBuild,
    unmeasuredImages: countUnmeasured(result, sources.received),
  };
}

async function replayResult(result: Result, protocol: AnyProtocol, sources: ReplaySources): Promise<Result> {
  const { recipe } = result;
  const versionChoices = new Map(recipe.choices.map(({ uid, dataSetSha256 }) => [uid, dataSetSha256]));
  const ledger = sources.ledgerOf(new Set(recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256)), versionChoices);
  const overrides: Record<string, string | number> = {};
  for (const { id, value, source, overrideSource } of recipe.parameters) {
    if (source === "override" && value !== null) overrides[id] = value;
    if (overrideSource !== undefined) overrides[`${id}-source`] = overrideSource;
  }
  return runProtocol({
    protocol,
    ledger,
    readFrame: sources.readFrame,
    marks: recipe.marks,
    overrides,
    numbers: Object.fromEntries(recipe.numbers.map(({ role, value }) => [role, value])),
    roleChoices: replayedChoices(result, ledger),
    recordedInputs: recipe.inputs,
    versionChoices,
    versionChoiceSources: new Map(recipe.choices.flatMap(({ uid, source }) => (source ? [[uid, source]] : []))),
    build: sources.build,
  });
}

/** The stack that holds a role's images, for each role that the user chose; its id may differ where fewer files are read. */
function replayedChoices({ recipe }: Result, ledger: Ledger): Record<string, string> {
  const choices: Record<string, string> = {};
  for (const { role, stackId, chosenBy } of recipe.roles) {
    if (chosenBy !== "user") continue;
    const inputs = new Set(recipe.inputs.filter((input) => input.role === role).map((input) => input.dataSetSha256));
    const holding = ledger.stacks.filter(({ frames }) =>
      frames.some(({ instance }) => inputs.has(instance.dataSetSha256)),
    );
    choices[role] = (holding.find(({ id }) => id === stackId) ?? holding.at(0))?.id ?? stackId;
  }
  return choices;
}

function differentVersion(result: Result, protocol: AnyProtocol | undefined): Difference | undefined {
  if (protocol === undefined) return missingProtocol(result);
  if (protocol.version === result.protocol.version) return undefined;
  return {
    kind: "version",
    where: protocol.id,
    recorded: result.protocol.version,
    found: protocol.version,
  };
}

function missingProtocol(result: Result): Difference {
  return { kind: "version", where: result.protocol.id, recorded: result.protocol.version, found: "none" };
}

const KIND_OF_PART: Readonly<Record<string, Difference["kind"]>> = {
  protocol: "version",
  input: "instance",
  number: "number",
  choice: "choice",
  mark: "mark",
  marks: "mark",
  parameter: "parameter",
};

/** A part of the recipe that no longer is what was hashed when the result was made. */
function tamperedRecipe(result: Result): Difference | undefined {
  const now = hashRecipe(result.protocol, result.recipe);
  const recorded = result.recipe.hashes;
  for (const part of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
    if (recorded[part] === now[part]) continue;
    const colon = part.indexOf(":");
    const kind = KIND_OF_PART[colon === -1 ? part : part.slice(0, colon)] ?? "value";
    return {
      kind,
      // The part of an image is named by its UID and its hash.
      where: kind === "instance" ? part.slice(colon + 1, part.lastIndexOf(":")) : part.slice(colon + 1),
      recorded: recorded[part] ?? "absent",
      found: now[part] ?? "absent",
    };
  }
  return undefined;
}

/** A parameter said to be the default that is not the default of this protocol version. */
function changedParameter(result: Result, protocol: AnyProtocol | undefined): Difference | undefined {
  if (protocol === undefined) return undefined;
  const recorded = new Map(result.recipe.parameters.map((record) => [record.id, record]));
  for (const [id, parameter] of Object.entries(protocol.parameters)) {
    const record = recorded.get(id);
    if (record !== undefined && (record.source === "override" || record.value === parameter.default)) continue;
    return {
      kind: "parameter",
      where: id,
      recorded: String(record?.value ?? "absent"),
      found: String(parameter.default),
    };
  }
  return undefined;
}

function changedImage(result: Result, received: readonly ReceivedImage[]): Difference | undefined {
  const hashesOf = Map.groupBy(received, ({ uid }) => uid);
  for (const { uid, dataSetSha256 } of result.recipe.inputs) {
    const hashes = (hashesOf.get(uid) ?? []).map((image) => image.dataSetSha256);
    if (hashes.includes(dataSetSha256)) continue;
    return { kind: "instance", where: uid, recorded: dataSetSha256, found: hashes.join(", ") || "absent" };
  }
  return undefined;
}

function countUnmeasured(result: Result, received: readonly ReceivedImage[]): number {
  const measured = new Set(result.recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256));
  const series = new Set(
    received.filter(({ dataSetSha256 }) => measured.has(dataSetSha256)).map(({ seriesUid }) => seriesUid),
  );
  const others = received.filter((image) => series.has(image.seriesUid) && !measured.has(image.dataSetSha256));
  return new Set(others.map(({ dataSetSha256 }) => dataSetSha256)).size;
}

/** First difference between what a result says and what its replay says, by path, in the order a person reads. */
function differentValue(result: Result, replay: Result): Difference | undefined {
  for (const part of ["outputs", "provisional", "quality", "candidates", "maps", "curves", "sensitivity"] as const) {
    const difference = firstDifference(result[part], replay[part], part);
    if (difference !== undefined) return difference;
  }
  const own = digestOf(result);
  if (own !== result.digest) return { kind: "value", where: "digest", recorded: result.digest, found: own };
  if (result.digest === replay.digest) return undefined;
  return (
    firstDifference(result.recipe, replay.recipe, "recipe") ?? {
      kind: "value",
      where: "digest",
      recorded: result.digest,
      found: replay.digest,
    }
  );
}

function firstDifference(recorded: unknown, found: unknown, where: string): Difference | undefined {
  if (isObject(recorded) && isObject(found)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(found)])) {
      const difference = firstDifference(recorded[key], found[key], `${where}.${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (Object.is(recorded, found) || (recorded === 0 && found === 0)) return undefined;
  return { kind: "value", where, recorded: shown(recorded), found: shown(found) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
