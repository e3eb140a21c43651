import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { canonicalJson, sha256Hex } from "@etalon/base";
import { catalog, type Result, runProtocol } from "@etalon/measure";
import { buildLedger } from "@etalon/volume";
import { lateEnhancementResult, lvFunctionResult } from "./cardiac-digests.ts";
import { interventionResult } from "./intervention-digest.ts";
import { ecvResult, t1MapResult, t2MapResult, t2starMapResult } from "./map-digests.ts";
import { oedemaResult } from "./oedema-digest.ts";
import { perfusionCurvesResult, perfusionMbfResult } from "./perfusion-digests.ts";
import { thoraxResult } from "./thorax-digest.ts";

/** What one protocol computed from one fixed question. */
export interface GoldenDigest {
  readonly protocol: string;
  readonly version: string;
  /** SHA-256 of what it was given: images, numbers and marks, without its own parameters. */
  readonly askedSha256: string;
  readonly digest: string;
}

/** Where the recorded digests stand; `npm run golden` writes them. */
export const goldenDigestsPath: string = resolve(import.meta.dirname, "../golden/digests.json");

/** The recorded digests. */
export function readGoldenDigests(): readonly GoldenDigest[] {
  return JSON.parse(readFileSync(goldenDigestsPath, "utf8"));
}

/** Computes the digest of every protocol of the catalogue anew. */
export async function computeGoldenDigests(): Promise<readonly GoldenDigest[]> {
  const results = [
    await ecvResult(),
    await interventionResult(),
    await lateEnhancementResult(),
    await lvFunctionResult(),
    await oedemaResult(),
    await perfusionCurvesResult(),
    await perfusionMbfResult(),
    await t1MapResult(),
    await t2MapResult(),
    await t2starMapResult(),
    await thoraxResult(),
    await resistiveIndexResult(),
  ];
  return results.map((result) => ({
    protocol: result.protocol.id,
    version: result.protocol.version,
    askedSha256: hashOfQuestion(result),
    digest: result.digest,
  }));
}

function resistiveIndexResult(): Promise<Result> {
  const protocol = catalog.find(({ id }) => id === "vascular/doppler-resistive-index");
  if (protocol === undefined) throw new Error("the catalogue lacks the resistive index");
  return runProtocol({
    protocol,
    ledger: buildLedger([], new Map()),
    readFrame: () => Promise.reject(new Error("there are no frames")),
    marks: null,
    overrides: {},
    numbers: { "peak-systolic-velocity": 60, "end-diastolic-velocity": 15 },
    roleChoices: {},
    versionChoices: new Map(),
    build: { etalon: "test", engine: "test" },
  });
}

function hashOfQuestion({ recipe }: Result): string {
  const asked = Object.entries(recipe.hashes).filter(([name]) => /^(input|number|choice|mark|marks)(:|$)/.test(name));
  return sha256Hex(canonicalJson(Object.fromEntries(asked)));
}

/**
 * What a computed digest says beside the recorded ones: `same`; `new`, for a protocol, a version or a question that was not
 * recorded; `changed`, where the same version answers the same question otherwise than before.
 */
export function judgeGoldenDigest(
  computed: GoldenDigest,
  recorded: readonly GoldenDigest[],
): "same" | "new" | "changed" {
  const before = recorded.find(
    ({ protocol, version, askedSha256 }) =>
      protocol === computed.protocol && version === computed.version && askedSha256 === computed.askedSha256,
  );
  if (before === undefined) return "new";
  return before.digest === computed.digest ? "same" : "changed";
}
