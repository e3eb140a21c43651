import { randomUUID } from "node:crypto";
import { EtalonError } from "@etalon/base";
import { findPrior } from "./find-prior.ts";
import { lockReading } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { queueRun } from "./queue-run.ts";
import type { ReadingDocument } from "./reading-document.ts";
import { tellReadingRow } from "./reading-event.ts";
import type { Reader, ReadingKey } from "./reading-place.ts";
import { togetherFacts } from "./reading-verdicts.ts";
import { refuseSigned } from "./refuse-signed.ts";
import { type RunningPlace, refuseOther } from "./run-reading.ts";

/** What somebody wants to sign. */
export interface AskedSignature {
  readonly key: ReadingKey;
  readonly version: number;
  /** Digest of the result that the signer sees: 64 hexadecimal digits. */
  readonly digest: string;
  /** Facts that are not kept, for the verdicts of the signed report. */
  readonly facts: ReadingDocument["facts"];
}

/**
 * Asks for a signature: a worker computes the result again, and signs it only where its digest is the one that the signer saw.
 * Whoever asks first is answered; nobody else can ask or write meanwhile.
 *
 * @returns the analysis that computes it
 * @throws {EtalonError} `signer-unknown`, `reading-stale`, `reading-signed`, `signing-under-way`, `series-not-found`,
 *   `contradictory-facts`, as `requireReading` and `parseFacts`
 */
export async function signReading(
  place: RunningPlace,
  reader: Reader,
  { key, version, digest, facts }: AskedSignature,
): Promise<number> {
  const signer = nameOfSigner(reader);
  return place.database.transaction().execute(async (transaction) => {
    const reading = await lockReading(transaction, reader.scope, key);
    await refuseSigned(transaction, reading);
    refuseOther(reading, version);
    const { document } = await readVersion(transaction, reading.id, version);
    togetherFacts(document, facts);
    const together = [...(document.facts?.facts ?? []), ...(facts?.facts ?? [])];
    const given = together.length === 0 ? null : { schema: "etalon.facts/1" as const, facts: together };
    const asked = { reading, document, purpose: "signing", facts: given, nonce: randomUUID() } as const;
    const { id: analysisId } = await queueRun(place, reader, { transaction, asked });
    const { prior } = await findPrior(transaction, reader.scope, reading);
    await transaction
      .insertInto("signing")
      .values({
        reading_id: reading.id,
        analysis_id: analysisId,
        version,
        digest: Buffer.from(digest, "hex"),
        signed_by: reader.scope.actor,
        signer_name: signer,
        asked_at: place.clock(),
        prior: prior === null ? null : JSON.stringify(prior),
      })
      .execute();
    await tellReadingRow(transaction, reading.id, { change: "signing", by: reader.scope.actor });
    return analysisId;
  });
}

/** The name that stands under a report. @throws {EtalonError} `signer-unknown` where nobody has an account */
export function nameOfSigner({ name }: Reader): string {
  if (name === undefined || name.trim() === "") throw new EtalonError("signer-unknown", { field: "account" });
  return name;
}
