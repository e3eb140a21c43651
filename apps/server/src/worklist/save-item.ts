import { randomUUID } from "node:crypto";
import { type DataSet, firstItemOf, textOf } from "@etalon/dicom";
import { sql, type Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { itemOf, keyOf, rowOf } from "./item-row.ts";
import { listedStates, type WorklistItem, type WorklistState, worklistStates } from "./worklist-item.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/** What is to become of an item that is there already. */
export interface SaveOptions {
  readonly state?: WorklistState;
  /** Whether an item that had ended stays so; otherwise it is scheduled anew. */
  readonly keepsEnded?: boolean;
}

/**
 * Creates an item, or replaces the one of the same accession number and scheduled procedure step ID. Where no state is said, an
 * item that is there keeps its own. Where no Study Instance UID is given, it keeps its own, or takes that of the other steps of
 * its requested procedure, or gets a new one.
 */
export async function saveItem(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  given: { readonly attributes: DataSet; readonly options?: SaveOptions },
): Promise<{ readonly item: WorklistItem; readonly isNew: boolean }> {
  const { accessionNumber, stepId } = keyOf(given.attributes);
  const name = `worklist\n${scope.siteId}\n${accessionNumber}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
  const before = await transaction
    .selectFrom("worklist_item")
    .selectAll()
    .where("site_id", "=", scope.siteId)
    .where("accession_number", "=", accessionNumber)
    .where("step_id", "=", stepId)
    .executeTakeFirst();
  const procedureId = textOf(given.attributes, tags.requestedProcedureId)?.trim() || accessionNumber || stepId;
  const studyInstanceUid =
    textOf(given.attributes, tags.studyInstanceUid)?.trim() ||
    before?.study_instance_uid ||
    (await uidOfProcedure(transaction, scope, { accessionNumber, procedureId })) ||
    newUid();
  const attributes: DataSet = {
    ...given.attributes,
    [tags.requestedProcedureId]: { vr: "SH", Value: [procedureId] },
    [tags.studyInstanceUid]: { vr: "UI", Value: [studyInstanceUid] },
  };
  const state = given.options?.state ?? statedIn(attributes) ?? keptState(before?.state, given.options);
  const row = rowOf(scope.siteId, attributes, state);
  const saved = await transaction
    .insertInto("worklist_item")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["site_id", "accession_number", "step_id"])
        .doUpdateSet({ ...row, changed_at: sql<string>`clock_timestamp()` }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return { item: itemOf(saved), isNew: before === undefined };
}

/** The state that ScheduledProcedureStepStatus says. */
function statedIn(attributes: DataSet): WorklistState | undefined {
  const status = textOf(firstItemOf(attributes, tags.steps) ?? {}, tags.stepStatus)
    ?.trim()
    .toLowerCase();
  return worklistStates.find((state) => state === status);
}

function keptState(before: string | undefined, options: SaveOptions | undefined): WorklistState {
  const states = options?.keepsEnded === true ? worklistStates : listedStates;
  return states.find((state) => state === before) ?? "scheduled";
}

/** All steps of one requested procedure have one study (PS3.3 section 7.3.1.9). */
async function uidOfProcedure(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  { accessionNumber, procedureId }: { readonly accessionNumber: string; readonly procedureId: string },
): Promise<string | undefined> {
  if (accessionNumber === "") return undefined;
  const other = await transaction
    .selectFrom("worklist_item")
    .select("study_instance_uid")
    .where("site_id", "=", scope.siteId)
    .where("accession_number", "=", accessionNumber)
    .where("requested_procedure_id", "=", procedureId)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return other?.study_instance_uid;
}

/** A UID of a random UUID (PS3.5 annex B.2). */
function newUid(): string {
  return `2.25.${BigInt(`0x${randomUUID().replaceAll("-", "")}`)}`;
}
