import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { retryConflicts } from "./retry-conflicts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
}, 60_000);
afterAll(() => database.stop());

it("two transactions that wait for each other both come to their end", async () => {
  let attempts = 0;
  let bothHold: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  const locking = (first: number, second: number): Promise<void> =>
    retryConflicts(() =>
      database.kysely.transaction().execute(async (transaction) => {
        await sql`SELECT pg_advisory_xact_lock(${first}::bigint)`.execute(transaction);
        attempts++;
        if (attempts === 2) bothHold();
        await held;
        await sql`SELECT pg_advisory_xact_lock(${second}::bigint)`.execute(transaction);
      }),
    );
  await Promise.all([locking(1, 2), locking(2, 1)]);
  // PostgreSQL ends one of the two, which does its work again.
  expect(attempts).toBe(3);
});

it("other errors are thrown at once", async () => {
  let attempts = 0;
  const failing = retryConflicts(async () => {
    attempts++;
    await sql`SELECT 1 / 0`.execute(database.kysely);
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(attempts).toBe(1);
});
