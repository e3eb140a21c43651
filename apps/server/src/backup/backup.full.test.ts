import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describeWithPeer } from "@etalon/testing";
import { sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccount } from "../accounts/accounts.ts";
import { createToken, startSession } from "../accounts/sessions.ts";
import { countAttempt } from "../accounts/sign-in-attempts.ts";
import { createLink } from "../accounts/single-use.ts";
import type { Archive } from "../archive/archive.ts";
import { createArchive } from "../archive/create-archive.ts";
import { inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { auditChanges } from "../audit/audited-archive.ts";
import { createAudit } from "../audit/create-audit.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { type OpenDatabase, openDatabase } from "../database/open-database.ts";
import type { BlobStore } from "../store/blob-store.ts";
import { createFileBlobStore } from "../store/file-blob-store.ts";
import { createS3BlobStore } from "../store/s3-blob-store.ts";
import { startTestS3, type TestS3 } from "../store/testing/start-test-s3.ts";
import { debianPostgres15, startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { copyIn, copyOut } from "./copy-rows.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

const clock = (): Date => new Date("2026-01-02T03:04:05.678Z");
const now = clock();
const scope = { siteId: 1, actor: "test", purpose: "test" };
const study = { studyInstanceUid: "1.2.826.0.2.1" };

let main: TestDatabase;
let root: string;
let s3: TestS3;
let count = 0;
const opened: OpenDatabase[] = [];

beforeAll(async () => {
  main = await startTestDatabase();
  root = await mkdtemp(join(tmpdir(), "etalon-backup-"));
  s3 = await startTestS3();
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await main?.stop();
  await s3?.close();
  await rm(root, { recursive: true, force: true });
});

function folder(): string {
  count += 1;
  return join(root, `f${count}`);
}

/** A new database of a server, with nothing in it. */
async function emptyDatabase(server: TestDatabase) {
  count += 1;
  await sql.raw(`CREATE DATABASE empty${count} TEMPLATE template0`).execute(server.kysely);
  const address = new URL(server.connectionString);
  address.pathname = `/empty${count}`;
  const database = openDatabase({ connectionString: address.href, poolSize: 3, log: pino({ enabled: false }) });
  opened.push(database);
  return { connectionString: address.href, database: database.kysely };
}

function archiveOn(
  { database }: Pick<Awaited<ReturnType<typeof emptyDatabase>>, "database">,
  store: BlobStore,
): Archive {
  return createArchive({ database, store, clock, onChange: auditChanges(createAudit({ database, clock })) });
}

const keep = (archive: Archive, index: number, said = {}) =>
  archive.store(scope, { form: "part10", bytes: inPieces(smallInstance(index, said)) });

/** What QIDO and WADO answer from: metadata and bytes of every instance. */
async function answers(archive: Archive): Promise<unknown> {
  const query = { level: "study", keys: [], includeFields: "all", isFuzzy: false, limit: 100, offset: 0 } as const;
  const { matches, total } = await archive.search(scope, query);
  const instances = await archive.instances(scope, study);
  const files = await Promise.all(instances.map(async (each) => buffer(await archive.open(scope, each))));
  return { matches, total, instances, files, metadata: await archive.metadata(scope, study) };
}

async function filled(server: TestDatabase, store: BlobStore) {
  const place = await emptyDatabase(server);
  const { migrateToLatest } = await import("../database/migrate.ts");
  await migrateToLatest(place.database);
  const archive = archiveOn(place, store);
  for (let index = 1; index <= 20; index += 1)
    await keep(archive, index, { PatientName: "O'Né^Zoé=王^小東", SpecificCharacterSet: "ISO_IR 192" });
  await keep(archive, 3, { PatientName: "Doe^Other" });
  return { ...place, archive, store };
}

test("rows go out and in as they are, whatever is in them, and a bad one keeps none", async () => {
  const client = new pg.Client({ connectionString: main.connectionString });
  await client.connect();
  const texts = ["a\tb", "line\nline\r\\N", "", "\\.", "é 王", "'\""];
  await client.query("CREATE TEMP TABLE here (id integer, text text, bytes bytea)");
  await client.query("CREATE TEMP TABLE there (id integer, text text, bytes bytea)");
  await client.query(
    "INSERT INTO here SELECT n, $1::text || n, decode(repeat('00ff', n % 500), 'hex') FROM generate_series(1, 20000) n",
    [texts.join("|")],
  );
  await client.query("INSERT INTO here VALUES (NULL, NULL, NULL)");
  await copyIn(client, "COPY there FROM STDIN", copyOut(await second(), "COPY (SELECT 1, 'x', NULL::bytea) TO STDOUT"));
  const rows: Uint8Array[] = [];
  for await (const piece of copyOut(client, "COPY here TO STDOUT")) rows.push(piece);
  await client.query("TRUNCATE there");
  await copyIn(client, "COPY there FROM STDIN", inPieces(Buffer.concat(rows), 70_001));
  const { rows: differing } = await client.query(
    "(TABLE here EXCEPT ALL TABLE there) UNION ALL (TABLE there EXCEPT ALL TABLE here)",
  );
  expect(differing).toEqual([]);
  await client.query("TRUNCATE there");
  await expect(
    copyIn(client, "COPY there FROM STDIN", inPieces(Buffer.from("1\tx\t\\N\nbad\n"))),
  ).rejects.toMatchObject({ code: "22P02" });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("1\tx\t\\N\n");
    throw new RangeError("cut");
  }
  await expect(copyIn(client, "COPY there FROM STDIN", broken())).rejects.toThrow(RangeError);
  await expect(copyOut(client, "COPY nothing TO STDOUT").next()).rejects.toMatchObject({ code: "42P01" });
  expect((await client.query("TABLE there")).rows).toEqual([]);
  await client.end();
  await spare?.end();
});
let spare: pg.Client | undefined;
async function second(): Promise<pg.Client> {
  spare = new pg.Client({ connectionString: main.connectionString });
  await spare.connect();
  return spare;
}

describe("a backup", () => {
  test("restored elsewhere answers the same, and goes on: new rows, new events", async () => {
    const source = await filled(main, await createFileBlobStore(folder()));
    const to = folder();
    const summary = await writeBackup(source, to, now);
    expect(summary).toMatchObject({ copied: 21, present: 0 });
    const target = { ...(await emptyDatabase(main)), store: await createFileBlobStore(folder()) };
    expect(await restoreBackup(to, target)).toMatchObject({ copied: 21, isAuditWhole: true });
    const restored = archiveOn(target, target.store);
    expect(await answers(restored)).toEqual(await answers(source.archive));
    expect((await verifyAudit(target.database)).head).toEqual((await verifyAudit(source.database)).head);
    expect(await keep(restored, 50)).toMatchObject({ kind: "stored" });
    expect(await verifyAudit(target.database)).toMatchObject({ isWhole: true });
    await expect(sql`DELETE FROM audit_event`.execute(target.database)).rejects.toMatchObject({ code: "42501" });
  });

  test("knows the accounts, and nobody who is signed in", async () => {
    const source = await filled(main, await createFileBlobStore(folder()));
    const place = { database: source.database, clock, siteId: scope.siteId };
    const password = "une longue phrase de passe";
    const account = { name: "marie", displayName: "Marie", role: "physician", password } as const;
    const { id: accountId } = await createAccount(place, { ...account, mustChangePassword: false });
    await startSession(place, { accountId, origin: "password", userAgentClass: "other" });
    await createToken(place, { accountId, name: "program", days: 1 });
    await createLink(place, accountId);
    await countAttempt(place, { name: "marie", address: "127.0.0.1" });
    const to = folder();
    await writeBackup(source, to, now);
    const target = { ...(await emptyDatabase(main)), store: await createFileBlobStore(folder()) };
    await restoreBackup(to, target);
    const rows = async (table: "account" | "session" | "single_use" | "sign_in_attempt"): Promise<readonly number[]> =>
      Promise.all(
        [source.database, target.database].map(
          async (database) => (await database.selectFrom(table).selectAll().execute()).length,
        ),
      );
    expect(await rows("account")).toEqual([1, 1]);
    expect(await rows("session")).toEqual([2, 0]);
    expect(await rows("single_use")).toEqual([1, 0]);
    expect(await rows("sign_in_attempt")).toEqual([1, 0]);
  });

  test("is incremental, and forgets what was erased", async () => {
    const source = await filled(main, await createFileBlobStore(folder()));
    const to = folder();
    await writeBackup(source, to, now);
    await keep(source.archive, 30);
    const [first] = await source.archive.instances(scope, study);
    await source.archive.remove(scope, { ...study, sopInstanceUid: "1.2.826.0.1.1" });
    const summary = await writeBackup(source, to, new Date(now.getTime() + 60_000));
    expect(summary).toMatchObject({ copied: 1, present: 20 });
    const blobs = await createFileBlobStore(join(to, "blobs"));
    expect(await blobs.sizeOf(first?.fileSha256 ?? "")).toBeUndefined();
  });

  test("under load is of one moment: every row has its study, its bytes and its event", async () => {
    const source = await filled(main, await createFileBlobStore(folder()));
    let isOn = true;
    const load = async (lane: number): Promise<void> => {
      for (let index = 100 * lane; isOn; index += 1) {
        const uids = { StudyInstanceUID: `1.2.826.0.2.${lane}`, SeriesInstanceUID: `1.2.826.0.3.${lane}` };
        await keep(source.archive, index, uids);
        if (index % 3 === 0) await source.archive.remove(scope, { studyInstanceUid: uids.StudyInstanceUID });
      }
    };
    const lanes = [11, 12, 13].map(load);
    try {
      for (let round = 0; round < 3; round += 1) {
        const to = folder();
        await writeBackup(source, to, now);
        const target = { ...(await emptyDatabase(main)), store: await createFileBlobStore(folder()) };
        expect(await restoreBackup(to, target)).toMatchObject({ isAuditWhole: true });
        const { rows } = await sql<{ readonly wrong: number }>`
        SELECT count(*) AS wrong FROM study WHERE instance_count <> (
          SELECT count(*) FROM instance JOIN series ON series.id = series_id WHERE study_id = study.id AND is_current)
      `.execute(target.database);
        expect(rows).toEqual([{ wrong: 0 }]);
      }
    } finally {
      isOn = false;
      await Promise.all(lanes);
    }
  });

  test("that is cut or changed is refused, and says where", async () => {
    const source = await filled(main, await createFileBlobStore(folder()));
    const to = folder();
    const { manifest } = await writeBackup(source, to, now);
    const target = { ...(await emptyDatabase(main)), store: await createFileBlobStore(folder()) };
    const refused = (field: string) =>
      expect(restoreBackup(to, target)).rejects.toMatchObject({ code: "backup-incomplete", field });
    const table = manifest.tables.find(({ name }) => name === "instance")?.file ?? "";
    const bytes = await readFile(join(to, table));
    await truncate(join(to, table), bytes.length - 1);
    await refused(table);
    await writeFile(
      join(to, table),
      bytes.map((byte, index) => (index === 10 ? byte ^ 1 : byte)),
    );
    await refused(table);
    await rm(join(to, table));
    await refused(table);
    await writeFile(join(to, table), bytes);
    const [instance] = await source.archive.instances(scope, study);
    const sha256 = instance?.fileSha256 ?? "";
    const blob = join(to, "blobs/sha256", sha256.slice(0, 2), sha256);
    const content = await readFile(blob);
    await appendFile(blob, "x");
    await refused(sha256);
    await writeFile(
      blob,
      content.map((byte, index) => (index === 300 ? byte ^ 1 : byte)),
    );
    await refused(sha256);
    await rm(blob);
    await refused(sha256);
    await writeFile(blob, content);
    const manifestText = await readFile(join(to, "backup.json"), "utf8");
    await writeFile(join(to, "backup.json"), manifestText.slice(0, -20));
    await refused("backup.json");
    await rm(join(to, "backup.json"));
    await refused("backup.json");
    await writeFile(join(to, "backup.json"), manifestText.replace('"0001-archive"', '"0001-archive", "9999-later"'));
    await expect(restoreBackup(to, target)).rejects.toMatchObject({ code: "backup-newer", received: "9999-later" });
    await writeFile(join(to, "backup.json"), manifestText);
    // What was tried before left no archive, and blobs that need not come again.
    const summary = await restoreBackup(to, target);
    expect(summary.copied + summary.present).toBe(21);
    expect(summary.present).toBeGreaterThan(0);
    await expect(restoreBackup(to, target)).rejects.toMatchObject({ code: "archive-not-empty" });
  });
});

describeWithPeer("between forms", { name: "PostgreSQL 15", isPresent: existsSync(debianPostgres15) }, () => {
  test("embedded and files, to Debian's PostgreSQL and S3, and back: every byte equal", async () => {
    const debian = await startTestDatabase(debianPostgres15);
    try {
      const source = await filled(main, await createFileBlobStore(folder()));
      const [there, back] = [folder(), folder()];
      await writeBackup(source, there, now);
      const external = { ...(await emptyDatabase(debian)), store: createS3BlobStore(s3.place) };
      await restoreBackup(there, external);
      expect(await answers(archiveOn(external, external.store))).toEqual(await answers(source.archive));
      const second = await writeBackup(external, back, now);
      const first = JSON.parse(await readFile(join(there, "backup.json"), "utf8"));
      expect({ ...second.manifest, postgres: "" }).toEqual({ ...first, postgres: "" });
      const home = { ...(await emptyDatabase(main)), store: await createFileBlobStore(folder()) };
      await restoreBackup(back, home);
      expect(await answers(archiveOn(home, home.store))).toEqual(await answers(source.archive));
    } finally {
      await Promise.all(opened.splice(0).map((each) => each.close()));
      await debian.stop();
    }
  });
});
