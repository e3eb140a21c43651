import { EtalonError } from "@etalon/base";
import type { Addendum } from "@etalon/report";
import { lockReading, type ReadingRow, requireReading } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { keepEdition, signedFiles } from "./keep-edition.ts";
import { localInstant } from "./local-instant.ts";
import { noteReading } from "./note-reading.ts";
import type { SigningWork } from "./prepare-signature.ts";
import { publishFiles } from "./publish-files.ts";
import { tellReadingRow } from "./reading-event.ts";
import type { Database, Reader, ReadingKey } from "./reading-place.ts";
import { resultOf } from "./reading-verdicts.ts";
import { nameOfSigner } from "./sign-reading.ts";
import { readMaterial, writeMaterial } from "./signed-material.ts";

/** What somebody adds to a signed report. */
export interface AskedAddendum {
  readonly key: ReadingKey;
  readonly text: string;
  readonly language: "en" | "fr";
  /** The newest edition that its writer has seen. */
  readonly edition: number;
}

/**
 * Adds to a signed report: all documents are made again with what was added, the structured report names the one that it takes
 * the place of, and what was signed before stays as it is.
 *
 * @throws {EtalonError} `signer-unknown`, `reading-not-signed`, `reading-stale`, as `requireReading` and `DocumentMaker.make`
 */
export async function addAddendum(
  place: SigningWork,
  reader: Reader,
  { key, text, language, edition }: AskedAddendum,
): Promise<void> {
  const name = nameOfSigner(reader);
  const reading = await requireReading(place.database, reader.scope, key);
  const editions = await editionsOf(place.database, reading);
  refuseUnseen(reading, editions, edition);
  const [signed] = editions;
  const last = editions.at(-1);
  if (signed === undefined || last === undefined) throw new EtalonError("reading-not-signed", { field: key.protocol });
  const now = place.clock();
  const { organization } = place;
  const at = localInstant(now);
  const added: Addendum = { text, language, name, at, ...(organization === undefined ? {} : { organization }) };
  const material = readMaterial(last.material);
  const { document } = await readVersion(place.database, reading.id, signed.version);
  const source = {
    ...material,
    result: await resultOf(place.database, { siteId: reading.site_id, digest: signed.digest.toString("hex") }),
    sections: document.sections,
    signature: { ...personOf(signed), at: localInstant(signed.signed_at) },
    addenda: [...editions.flatMap(addendumOf), added],
    predecessor: material.report ?? null,
    createdAt: at,
  };
  const files = await place.documents.make({ source, wanted: signedFiles(signed.language) });
  const report = files.find(({ kind }) => kind === "report.sr.dcm")?.object ?? null;
  await place.database.transaction().execute(async (transaction) => {
    const locked = await lockReading(transaction, reader.scope, key);
    refuseUnseen(locked, await editionsOf(transaction, locked), edition);
    await keepEdition(transaction, {
      ...{ readingId: reading.id, edition: edition + 1, version: signed.version, digest: signed.digest },
      ...{ addendum: text, language, signedBy: reader.scope.actor, signerName: name, signedAt: now, files },
      organization: organization ?? null,
      material: writeMaterial(source, report),
      segmentation: null,
    });
    const changed = { changed_at: now, changed_by: reader.scope.actor, changed_by_name: name };
    await transaction
      .updateTable("reading")
      .set({ status: "amended", ...changed })
      .where("id", "=", reading.id)
      .execute();
    await tellReadingRow(transaction, reading.id, { change: "amended", by: reader.scope.actor });
    const { scope } = reader;
    await noteReading(transaction, { audit: place.audit, scope }, { action: "amend", readingId: reading.id });
  });
  await publishFiles(place);
}

type Edition = Awaited<ReturnType<typeof editionsOf>>[number];

async function editionsOf(database: Database, { id }: ReadingRow) {
  return database.selectFrom("reading_edition").selectAll().where("reading_id", "=", id).orderBy("edition").execute();
}

/** @throws {EtalonError} `reading-not-signed`, `reading-stale` */
function refuseUnseen({ protocol }: ReadingRow, editions: readonly Edition[], seen: number): void {
  const newest = editions.at(-1)?.edition;
  if (newest === undefined) throw new EtalonError("reading-not-signed", { field: protocol });
  if (newest !== seen) {
    throw new EtalonError("reading-stale", { field: protocol, received: seen, details: { current: newest } });
  }
}

function personOf({ signer_name: name, organization }: Edition) {
  return { name, ...(organization === null ? {} : { organization }) };
}

function addendumOf(edition: Edition): readonly Addendum[] {
  const { addendum: text, language } = edition;
  return text === null ? [] : [{ text, language, ...personOf(edition), at: localInstant(edition.signed_at) }];
}
