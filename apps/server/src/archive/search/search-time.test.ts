import pg from "pg";
import { expect, it } from "vitest";
import { inTime } from "./search-time.ts";

function databaseError(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError("canceling statement due to statement timeout", 0, "error"), { code });
}

it("says that a search took too long where PostgreSQL ended it, and passes on everything else", async () => {
  // 57014 is query_canceled, 53100 disk_full (PostgreSQL appendix A).
  await expect(inTime(Promise.reject(databaseError("57014")))).rejects.toMatchObject({
    code: "query-too-slow",
    details: { expected: 30 },
  });
  await expect(inTime(Promise.reject(databaseError("53100")))).rejects.toMatchObject({ code: "53100" });
  expect(await inTime(Promise.resolve(3))).toBe(3);
});
