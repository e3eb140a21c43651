import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { createAudit } from "./create-audit.ts";
import type { Syslog } from "./open-syslog.ts";
import { startAuditUpkeep } from "./start-audit-upkeep.ts";
import { verifyAudit } from "./verify-audit.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database?.stop());

test("events go to syslog once each, also where the collector fails and two programs hand on; then the anchor", async () => {
  const taken: string[] = [];
  let isDown = true;
  const syslog: Syslog = {
    send: async (messages) => {
      if (isDown) throw new Error("ECONNREFUSED");
      taken.push(...messages.map(String));
    },
    close: () => {},
  };
  const lines: string[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
  const clock = (): Date => new Date("2026-01-02T03:04:05.678Z");
  const audit = createAudit({ database: database.kysely, clock });
  const said = { actor: "7", action: "query", outcome: "success", purpose: "test", address: "loopback" } as const;
  await Promise.all(Array.from({ length: 1200 }, () => audit.record({ site: database.siteId, ...said })));
  const parts = { database: database.kysely, log, clock, source: "ETALON", syslog, forwardEveryMs: 20 };
  const running = [1, 2].map(() => startAuditUpkeep({ ...parts, anchorEveryMs: 3_600_000 }));
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  isDown = false;
  await expect.poll(() => taken.filter((text) => text.includes("110112")).length, { timeout: 10_000 }).toBe(1200);
  await Promise.all(running.map((each) => each.stop()));
  expect(taken.filter((text) => text.includes("110112"))).toHaveLength(1200);
  const { head } = await verifyAudit(database.kysely);
  expect(taken.at(-1)).toContain(`audit anchor 1200:${head.hash}`);
  expect(lines.join("")).toContain(`"position":1200,"hash":"${head.hash}","msg":"audit anchor"`);
});
