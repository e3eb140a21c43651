import { pino } from "pino";
import { openDatabase } from "../../database/open-database.ts";
import { createAudit } from "../create-audit.ts";

/** A process of its own that adds events: `append-process.ts URL SITE ACTOR COUNT`. */
const [url = "", site = "", actor = "", count = ""] = process.argv.slice(2);

const database = openDatabase({ connectionString: url, poolSize: 4, log: pino({ enabled: false }) });
const audit = createAudit({ database: database.kysely, clock: () => new Date() });
const event = { site: Number(site), actor, action: "query", outcome: "success", purpose: "test" } as const;
await Promise.all(
  Array.from({ length: Number(count) }, () =>
    audit.record({ ...event, address: "loopback", object: { kind: "study" } }),
  ),
);
await database.close();
