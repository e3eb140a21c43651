import pg from "pg";
import { expect, test } from "vitest";
import { isDatabaseAway } from "./is-database-away.ts";

test("no server, none yet, and one that ends under a query are away", async () => {
  const client = new pg.Client({ host: "/nonexistent/socket", user: "u" });
  const noSocket = await client.connect().catch((error: unknown) => error);
  expect(isDatabaseAway(noSocket)).toBe(true);
  const closed = new pg.Client({ host: "127.0.0.1", port: 1, user: "u" });
  expect(isDatabaseAway(await closed.connect().catch((error: unknown) => error))).toBe(true);
  expect(isDatabaseAway(new Error("Connection terminated unexpectedly"))).toBe(true);
});

test.each([
  ["57P03", true],
  ["57P02", true],
  ["08006", true],
  ["53300", true],
  ["23505", false],
  ["42P01", false],
])("PostgreSQL's %s: %s", (code, isAway) => {
  const error = new pg.DatabaseError("told", 4, "error");
  error.code = code;
  expect(isDatabaseAway(error)).toBe(isAway);
});

test("an error of the program is no trouble of the database", () => {
  expect(isDatabaseAway(new TypeError("x is not a function"))).toBe(false);
  expect(isDatabaseAway(Object.assign(new Error("no file"), { code: "ENOENT", syscall: "open" }))).toBe(false);
  expect(isDatabaseAway("told")).toBe(false);
});
