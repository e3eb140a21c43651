import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { describeWithPeer } from "@etalon/testing";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeSchema } from "../testing/describe-schema.ts";
import { dumpState } from "../testing/dump-state.ts";
import { debianPostgres15, startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { migrateToLatest } from "./migrate.ts";
import { type OpenDatabase, openDatabase } from "./open-database.ts";
import type { ArchiveDatabase } from "./schema.ts";

const fixtures = new URL("fixtures/", import.meta.url);
/** Every migration has the dump of the state that it leads to. */
const names = (await readdir(fixtures)).map((file) => file.replace(/\.sql$/, "")).sort();
const postgres15 = { name: "PostgreSQL 15", isPresent: existsSync(debianPostgres15) };

const servers = [
  { server: "embedded", peer: { name: "PostgreSQL", isPresent: true } },
  { server: debianPostgres15, peer: postgres15 },
] as const;

for (const { server, peer } of servers) {
  describeWithPeer(`migrations on ${server}`, peer, () => {
    let main: TestDatabase;
    let count = 0;
    const opened: OpenDatabase[] = [];

    beforeAll(async () => {
      main = await startTestDatabase(server);
    });

    afterAll(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await main?.stop();
    });

    /** The address of a new, empty database of the same server. */
    async function emptyDatabase(options = ""): Promise<string> {
      count += 1;
      await sql.raw(`CREATE DATABASE empty${count} TEMPLATE template0 ${options}`).execute(main.kysely);
      const address = new URL(main.connectionString);
      address.pathname = `/empty${count}`;
      return address.href;
    }

    function open(connectionString: string): Kysely<ArchiveDatabase> {
      const database = openDatabase({ connectionString, poolSize: 2, log: pino({ enabled: false }) });
      opened.push(database);
      return database.kysely;
    }

    async function load(connectionString: string, dump: string): Promise<void> {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query(dump);
      await client.end();
    }

    test("an empty database gets all of them, in order; a second time nothing", async () => {
      const database = open(await emptyDatabase());
      expect(await migrateToLatest(database)).toEqual(names);
      const before = await describeSchema(database);
      expect(await migrateToLatest(database)).toEqual([]);
      expect(await describeSchema(database)).toEqual(before);
      expect(await database.selectFrom("site").select(["id", "name"]).execute()).toEqual([{ id: 1, name: "default" }]);
    });

    test("five programs that start at once migrate it once", async () => {
      const address = await emptyDatabase();
      const applied = await Promise.all(Array.from({ length: 5 }, () => migrateToLatest(open(address))));
      expect(applied.flat()).toEqual(names);
    });

    test("a migration that fails changes nothing", async () => {
      const address = await emptyDatabase();
      await load(address, "CREATE TABLE instance (id integer)");
      const database = open(address);
      const before = await describeSchema(database);
      await expect(migrateToLatest(database)).rejects.toMatchObject({
        code: "migration-failed",
        field: "0001-archive",
      });
      expect(await describeSchema(database)).toEqual(before);
    });

    test("a database that a newer program migrated is left alone", async () => {
      const database = open(await emptyDatabase());
      await migrateToLatest(database);
      await sql`INSERT INTO migration (name) VALUES ('9999-later')`.execute(database);
      await expect(migrateToLatest(database)).rejects.toMatchObject({ code: "database-newer", received: "9999-later" });
    });

    test("a database that keeps no UTF-8 is refused", async () => {
      const database = open(await emptyDatabase("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"));
      await expect(migrateToLatest(database)).rejects.toMatchObject({
        code: "database-unusable",
        field: "server_encoding",
        received: "LATIN1",
        details: { expected: "UTF8" },
      });
    });

    test("from the stored dump of each earlier state it becomes what an empty one becomes, and keeps its rows", async () => {
      const { rows } = await sql<{ readonly name: string }>`SELECT name FROM migration ORDER BY name`.execute(
        main.kysely,
      );
      expect(names).toEqual(rows.map(({ name }) => name));
      for (const name of names) {
        const address = await emptyDatabase();
        await load(address, await readFile(new URL(`${name}.sql`, fixtures), "utf8"));
        const database = open(address);
        expect(await migrateToLatest(database)).toEqual(names.slice(names.indexOf(name) + 1));
        expect(await describeSchema(database)).toEqual(await describeSchema(main.kysely));
        const kept = await database
          .selectFrom("instance")
          .innerJoin("series", "series.id", "instance.series_id")
          .innerJoin("study", "study.id", "series.study_id")
          .select(["patient_name", "version", "is_current", "size_bytes", "metadata"])
          .orderBy("version")
          .execute();
        expect(kept).toEqual([
          // 2^32 + 1 and + 2: as the dump was made.
          {
            patient_name: "O'Né^Zoé=王^小東",
            version: 1,
            is_current: false,
            size_bytes: 4294967297,
            metadata: Buffer.from([0, 255, 1]),
          },
          {
            patient_name: "O'Né^Zoé=王^小東",
            version: 2,
            is_current: true,
            size_bytes: 4294967298,
            metadata: Buffer.from([0, 255, 2]),
          },
        ]);
        const steps = await database.selectFrom("worklist_item").select(["step_id", "station_ae_titles"]).execute();
        const isFilled = names.indexOf(name) >= names.indexOf("0002-worklist");
        expect(steps).toEqual(isFilled ? [{ step_id: "S1", station_ae_titles: ["CT1", "CT2"] }] : []);
        const owed = await database.selectFrom("storage_commitment").select(["transaction_uid", "state"]).execute();
        const owes = names.indexOf(name) >= names.indexOf("0003-storage-commitment");
        expect(owed).toEqual(owes ? [{ transaction_uid: "1.2.3.9", state: "owed" }] : []);
      }
    });

    test("one instance has one current version, and one row a data set", async () => {
      const address = await emptyDatabase();
      await load(address, await readFile(new URL("0001-archive.sql", fixtures), "utf8"));
      const database = open(address);
      await expect(
        database.updateTable("instance").set({ is_current: true }).where("version", "=", 1).execute(),
      ).rejects.toMatchObject({ code: "23505", constraint: "instance_current" });
      await expect(
        database
          .updateTable("instance")
          .set({ data_set_sha256: Buffer.alloc(32, 2) })
          .where("version", "=", 1)
          .execute(),
      ).rejects.toMatchObject({ code: "23505" });
      await expect(database.deleteFrom("study").execute()).rejects.toMatchObject({ code: "23503" });
    });
  });
}

describeWithPeer("the stored dump of the newest state", postgres15, () => {
  test("is what pg_dump writes now: a released migration is not edited (else: testing/write-state-dump.ts)", async () => {
    expect(await dumpState()).toBe(await readFile(new URL(`${names.at(-1)}.sql`, fixtures), "utf8"));
  });
});
