import { resolve } from "node:path";
import { sql } from "kysely";
import { createAudit } from "../audit/create-audit.ts";
import type { Command } from "../host.ts";
import { type OpenPlace, onlyFolder, withArchivePlace } from "./open-archive-place.ts";
import { writeBackup } from "./write-backup.ts";

/** `etalon backup FOLDER`, also beside a running server. */
export const runBackup: Command = async (argv, { host, language }) => {
  const folder = resolve(onlyFolder(argv, "backup"));
  const { manifest, copied, present } = await withArchivePlace(host, true, async (place) => {
    await note(place);
    return writeBackup(place, folder, new Date());
  });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  host.out(
    language === "fr"
      ? `Sauvegarde du ${manifest.createdAt} dans ${folder} : ${rows} lignes, ${copied} fichiers nouveaux, ${present} déjà là.\n`
      : `Backup of ${manifest.createdAt} in ${folder}: ${rows} rows, ${copied} new files, ${present} there already.\n`,
  );
  return 0;
};

/** Everything leaves the archive: that is an access. A schema from before the audit log has none to write it in. */
async function note({ database }: OpenPlace): Promise<void> {
  const { rows } = await sql<{
    readonly is: boolean;
  }>`SELECT to_regclass('public.audit_event') IS NOT NULL AS is`.execute(database);
  if (rows[0]?.is !== true) return;
  const { id: site } = await database.selectFrom("site").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  const said = { actor: "local", purpose: "backup", address: "loopback", outcome: "success" } as const;
  const audit = createAudit({ database, clock: () => new Date() });
  await audit.record({ ...said, site, action: "export", object: { kind: "server" } });
}
