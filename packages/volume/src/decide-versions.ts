import { EtalonError } from "@etalon/base";
import { compareText } from "./compare.ts";
import type { LedgerNote, UndecidedInstance, UnplacedReason } from "./ledger.ts";
import type { ReceivedInstance, VersionChoices } from "./received.ts";

/** Which objects take part once copies are dropped and versions chosen. */
export interface DecidedVersions {
  /** Objects that take part, one per SOP instance. */
  readonly taken: readonly ReceivedInstance[];
  /** One object of each version that awaits a choice. */
  readonly awaiting: readonly ReceivedInstance[];
  /** SOP instances that await a choice, by UID. */
  readonly undecided: ReadonlyMap<string, UndecidedInstance>;
  /** Why each object that takes no part has no place. */
  readonly reasons: ReadonlyMap<ReceivedInstance, UnplacedReason>;
  readonly notes: readonly LedgerNote[];
}

/**
 * Drops identical copies (same SOP Instance UID, same data set hash: the first one stays) and takes, where several
 * different data sets share one SOP Instance UID, the chosen one; none of them when nothing was chosen.
 *
 * @param instances in the order of the ledger's entries, each a distinct object
 * @throws {EtalonError} `unknown-choice` when a choice names a UID or hash that was not received, or several hashes
 */
export function decideVersions(instances: readonly ReceivedInstance[], choices: VersionChoices): DecidedVersions {
  const byUid = new Map<string, Map<string, ReceivedInstance[]>>();
  for (const instance of instances) {
    const versions = byUid.get(identityOf(instance)) ?? new Map<string, ReceivedInstance[]>();
    versions.set(instance.dataSetSha256, [...(versions.get(instance.dataSetSha256) ?? []), instance]);
    byUid.set(identityOf(instance), versions);
  }
  const chosen = resolveChoices(byUid, choices);

  const taken: ReceivedInstance[] = [];
  const awaiting: ReceivedInstance[] = [];
  const undecided = new Map<string, UndecidedInstance>();
  const reasons = new Map<ReceivedInstance, UnplacedReason>();
  const notes: LedgerNote[] = [];
  for (const uid of [...byUid.keys()].sort(compareText)) {
    const firsts: ReceivedInstance[] = [];
    for (const [first, ...copies] of byUid.get(uid)?.values() ?? []) {
      firsts.push(first);
      for (const copy of copies) {
        reasons.set(copy, { code: "identical-copy", details: { sopInstanceUid: uid, sameAs: first.path } });
        notes.push(noteOf("identical-copy-dropped", copy, { path: copy.path, sameAs: first.path }));
      }
    }
    if (firsts.length === 1) {
      taken.push(...firsts);
      continue;
    }
    firsts.sort((a, b) => compareText(a.dataSetSha256, b.dataSetSha256));
    const hashes = firsts.map((version) => version.dataSetSha256);
    const wanted = chosen.get(uid);
    for (const version of firsts) {
      if (version.dataSetSha256 === wanted) {
        taken.push(version);
        notes.push(noteOf("version-chosen", version, { dataSetSha256: wanted, among: hashes }));
        continue;
      }
      if (wanted === undefined) awaiting.push(version);
      reasons.set(
        version,
        wanted === undefined
          ? { code: "undecided-version", details: { sopInstanceUid: uid, versions: hashes.length } }
          : { code: "not-chosen", details: { sopInstanceUid: uid, chosen: wanted } },
      );
    }
    if (wanted === undefined) {
      undecided.set(uid, { sopInstanceUid: uid, dataSetSha256: hashes, versions: firsts });
      notes.push(noteOf("undecided-version", firsts[0], { dataSetSha256: hashes }));
    }
  }
  return { taken, awaiting, undecided, reasons, notes };
}

/** Objects without a SOP Instance UID are told apart by their data set, never taken for versions of one another. */
function identityOf(instance: ReceivedInstance): string {
  return instance.header.sopInstanceUid === "" ? instance.dataSetSha256 : instance.header.sopInstanceUid;
}

function resolveChoices(
  byUid: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  choices: VersionChoices,
): ReadonlyMap<string, string> {
  const resolved = new Map<string, string>();
  for (const [uid, given] of choices) {
    const prefix = given.toLowerCase();
    const matches = [...(byUid.get(uid)?.keys() ?? [])].filter((hash) => hash.startsWith(prefix));
    if (!/^[0-9a-f]{8,64}$/.test(prefix) || matches.length !== 1) {
      throw new EtalonError("unknown-choice", { field: uid, received: given });
    }
    resolved.set(uid, matches[0]);
  }
  return resolved;
}

function noteOf(code: LedgerNote["code"], instance: ReceivedInstance, details: LedgerNote["details"]): LedgerNote {
  return {
    code,
    seriesInstanceUid: instance.header.seriesInstanceUid,
    details: { sopInstanceUid: instance.header.sopInstanceUid, ...details },
  };
}
