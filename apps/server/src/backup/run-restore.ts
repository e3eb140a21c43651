import { resolve } from "node:path";
import { createAudit } from "../audit/create-audit.ts";
import type { Command } from "../host.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { type OpenPlace, onlyFolder, withArchivePlace } from "./open-archive-place.ts";
import { restoreBackup } from "./restore-backup.ts";

/** `etalon restore FOLDER`: analyses that were waiting or under way wait again. */
export const runRestore: Command = async (argv, { host, language }) => {
  const folder = resolve(onlyFolder(argv, "restore"));
  const { manifest, copied, present, isAuditWhole } = await withArchivePlace(host, false, async (place) => {
    const summary = await restoreBackup(folder, place);
    await queueAgain(place);
    await note(place);
    return summary;
  });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  host.out(
    language === "fr"
      ? `Restauré depuis la sauvegarde du ${manifest.createdAt} : ${rows} lignes, ${copied} fichiers, ${present} déjà là.\n`
      : `Restored from the backup of ${manifest.createdAt}: ${rows} rows, ${copied} files, ${present} there already.\n`,
  );
  if (isAuditWhole) return 0;
  host.err(
    language === "fr"
      ? "Le journal d'audit n'était pas entier : etalon verify-audit\n"
      : "The audit log was not whole: etalon verify-audit\n",
  );
  return 4;
};

async function queueAgain({ connectionString, database, log }: OpenPlace): Promise<void> {
  const queue = await openJobQueue({ connectionString, database }, { log });
  try {
    await database.transaction().execute(async (transaction) => {
      const waiting = await transaction
        .updateTable("analysis")
        .set({ state: "queued", progress: 0, step: null })
        .where("state", "in", ["queued", "running"])
        .returning(["id", "job_id"])
        .execute();
      for (const { id, job_id: jobId } of waiting) await queue.send(transaction, { jobId, analysisId: id });
    });
  } finally {
    await queue.stop();
  }
}

async function note({ database }: OpenPlace): Promise<void> {
  const { id: site } = await database.selectFrom("site").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  const said = { actor: "local", purpose: "restore", address: "loopback", outcome: "success" } as const;
  const audit = createAudit({ database, clock: () => new Date() });
  await audit.record({ ...said, site, action: "change", object: { kind: "server" } });
}
