import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await sql`CREATE TABLE counted (n integer PRIMARY KEY)`.execute(database.kysely);
});
afterAll(() => database?.stop());

const numbers = async (): Promise<readonly number[]> => {
  const { rows } = await sql<{ readonly n: number }>`SELECT n FROM counted ORDER BY n`.execute(database.kysely);
  return rows.map(({ n }) => n);
};

it("does what it did not wait for, in order, with the transaction", async () => {
  const found = await database.kysely.transaction().execute(async (transaction) => {
    for (const n of [1, 2, 3])
      await sql`/* prepared, unawaited */ INSERT INTO counted VALUES (${n})`.execute(transaction);
    await sql`/* unawaited */ UPDATE counted SET n = 20 WHERE n = 2`.execute(transaction);
    const { rows } = await sql<{ readonly count: string }>`/* prepared */ SELECT count(*) FROM counted`.execute(
      transaction,
    );
    return rows[0]?.count;
  });
  expect(Number(found)).toBe(3);
  expect(await numbers()).toEqual([1, 3, 20]);
});

it("throws at the commit what was not waited for, and keeps nothing", async () => {
  const twice = database.kysely.transaction().execute(async (transaction) => {
    await sql`INSERT INTO counted VALUES (4)`.execute(transaction);
    await sql`/* prepared, unawaited */ INSERT INTO counted VALUES (${1})`.execute(transaction);
  });
  await expect(twice).rejects.toMatchObject({ code: "23505" });
  expect(await numbers()).toEqual([1, 3, 20]);
});

it("throws the first failure, not those that follow from it, from the next statement that is waited for", async () => {
  let hasGoneOn = false;
  const twice = database.kysely.transaction().execute(async (transaction) => {
    await sql`/* unawaited */ INSERT INTO counted VALUES (1)`.execute(transaction);
    await sql`/* unawaited */ INSERT INTO counted VALUES (5)`.execute(transaction);
    await sql`SELECT 1`.execute(transaction);
    hasGoneOn = true;
  });
  await expect(twice).rejects.toMatchObject({ code: "23505" });
  expect(hasGoneOn).toBe(false);
  expect(await numbers()).toEqual([1, 3, 20]);
});

it("rolls back what was not waited for where the program throws", async () => {
  const broken = database.kysely.transaction().execute(async (transaction) => {
    await sql`/* unawaited */ INSERT INTO counted VALUES (6)`.execute(transaction);
    throw new RangeError("no");
  });
  await expect(broken).rejects.toThrow(RangeError);
  await database.kysely.transaction().execute(async () => {});
  expect(await numbers()).toEqual([1, 3, 20]);
});

it("ends in time what may take so long and no longer, and nothing after it", async () => {
  await database.kysely.connection().execute(async (connection) => {
    const asleep = sql`/* within 20 ms */ SELECT pg_sleep(60)`.execute(connection);
    await expect(asleep).rejects.toMatchObject({ code: "57014" });
    const { rows } = await sql<{ readonly statement_timeout: string }>`SHOW statement_timeout`.execute(connection);
    expect(rows).toEqual([{ statement_timeout: "0" }]);
  });
  const within = database.kysely.transaction().execute(async (transaction) => {
    await sql`INSERT INTO counted VALUES (7)`.execute(transaction);
    await sql`/* within 20 ms */ SELECT pg_sleep(60)`.execute(transaction);
  });
  await expect(within).rejects.toMatchObject({ code: "57014" });
  expect(await numbers()).toEqual([1, 3, 20]);
});
