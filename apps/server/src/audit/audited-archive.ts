import { EtalonError } from "@etalon/base";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import type { ChangeHook } from "../archive/archive-change.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { Audit } from "./audit.ts";
import { eventOf } from "./event-of.ts";
import { createReadNotes } from "./read-notes.ts";

/** What an archive is audited with. */
export interface AuditParts {
  readonly audit: Audit;
  readonly database: Kysely<ArchiveDatabase>;
  readonly clock: () => Date;
}

/** Writes the archive's changes into the audit log, each in its own transaction. */
export function auditChanges(audit: Audit): ChangeHook {
  return (transaction, changes) =>
    audit.recordIn(
      transaction,
      changes.map(({ kind, scope, studyId, count }) =>
        eventOf(scope, {
          action: kind === "stored" ? "store" : "remove",
          outcome: "success",
          object: { kind: "study", id: String(studyId) },
          count,
        }),
      ),
    );
}

/**
 * An archive that gives nothing away before it is written down who asked. Changes are written by {@link auditChanges}, in
 * their own transaction; this adds what was asked for, read, and refused. Reads of one study by one actor for one purpose are
 * one event a minute.
 */
export function auditedArchive(archive: Archive, { audit, database, clock }: AuditParts): Archive {
  const notes = createReadNotes({ clock, idOf: (scope, uid) => readStudyId(database, scope, uid), audit });
  const query = (scope: AccessScope, count?: number): Promise<void> =>
    audit.record(
      eventOf(scope, {
        action: "query",
        outcome: "success",
        object: { kind: "study" },
        ...(count === undefined ? {} : { count }),
      }),
    );
  const ofStudy = (scope: AccessScope, { studyInstanceUid }: Pick<StoredInstance, "studyInstanceUid">) =>
    notes.read(scope, studyInstanceUid);
  return {
    store: async (scope, incoming) => {
      const outcome = await archive.store(scope, incoming);
      if (outcome.kind === "refused") {
        const { errorCode: error } = outcome;
        await audit.record(eventOf(scope, { action: "store", outcome: "refused", object: { kind: "study" }, error }));
      }
      return outcome;
    },
    search: async (scope, asked) => {
      const page = await archive.search(scope, asked);
      await query(scope, page.total);
      return page;
    },
    async *patients(scope, asked) {
      await query(scope);
      yield* archive.patients(scope, asked);
    },
    versions: async (scope, selector) => {
      await ofStudy(scope, selector);
      return archive.versions(scope, selector);
    },
    instances: async (scope, selector) => {
      const found = await archive.instances(scope, selector);
      if (found.length > 0) await ofStudy(scope, selector);
      return found;
    },
    metadata: async (scope, selector) => {
      await ofStudy(scope, selector);
      return archive.metadata(scope, selector);
    },
    async *metadataTexts(scope, selector) {
      await ofStudy(scope, selector);
      yield* archive.metadataTexts(scope, selector);
    },
    open: async (scope, instance, range) => {
      await ofStudy(scope, instance);
      return archive.open(scope, instance, range);
    },
    frame: async (scope, instance, frameNumber) => {
      await ofStudy(scope, instance);
      return archive.frame(scope, instance, frameNumber);
    },
    remove: async (scope, selector) => {
      try {
        return await archive.remove(scope, selector);
      } catch (thrown) {
        const id = await readStudyId(database, scope, selector.studyInstanceUid);
        const object = { kind: "study" as const, ...(id === undefined ? {} : { id: String(id) }) };
        const isRefused = thrown instanceof EtalonError;
        const said = isRefused ? { outcome: "refused" as const, error: thrown.code } : { outcome: "failed" as const };
        await audit.record(eventOf(scope, { action: "remove", object, ...said }));
        throw thrown;
      }
    },
  };
}

/** Row id of a study of the scope's site. */
async function readStudyId(
  database: Kysely<ArchiveDatabase>,
  { siteId }: AccessScope,
  studyInstanceUid: string,
): Promise<number | undefined> {
  const row = await database
    .selectFrom("study")
    .select("id")
    .where("site_id", "=", siteId)
    .where("study_instance_uid", "=", studyInstanceUid.replaceAll("\0", "\ufffd"))
    .executeTakeFirst();
  return row?.id;
}
