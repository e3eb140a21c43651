import { writeSync } from "node:fs";
import { pino } from "pino";
import { openDatabase } from "../../database/open-database.ts";
import { createFileBlobStore } from "../../store/file-blob-store.ts";
import type { Incoming } from "../archive.ts";
import { createArchive } from "../create-archive.ts";
import { ctImageStorage, explicitLittleEndian, inPieces, smallInstance } from "./small-instance.ts";
import { splitPart10 } from "./split-part10.ts";

/**
 * A process of its own that stores small instances until it is done or killed: `store-process.ts URL FOLDER SITE FORM
 * INDEX…`, a line `STORED index` for each that was acknowledged, `REFUSED index code` for others.
 */
const [url = "", folder = "", site = "", form = "", ...indices] = process.argv.slice(2);

const parallel = 4;

const database = openDatabase({ connectionString: url, poolSize: parallel, log: pino({ enabled: false }) });
const archive = createArchive({ database: database.kysely, store: await createFileBlobStore(folder) });
const scope = { siteId: Number(site), actor: "test", purpose: "test" };

/** The instance, as STOW or as C-STORE sends it. */
function incoming(index: number): Incoming {
  const file = smallInstance(index);
  if (form === "part10") return { form: "part10", bytes: inPieces(file) };
  return {
    form: "data-set",
    bytes: inPieces(splitPart10(file).dataSet),
    transferSyntaxUid: explicitLittleEndian,
    sopClassUid: ctImageStorage,
    sopInstanceUid: `1.2.826.0.1.${index}`,
  };
}

async function storeSome(): Promise<void> {
  for (let index = indices.shift(); index !== undefined; index = indices.shift()) {
    const outcome = await archive.store(scope, incoming(Number(index)));
    const line = outcome.kind === "refused" ? `REFUSED ${index} ${outcome.errorCode}` : `STORED ${index}`;
    // Written at once: what was acknowledged before a kill must be known after it.
    writeSync(1, `${line}\n`);
  }
}

writeSync(1, "READY\n");
await Promise.all(Array.from({ length: parallel }, storeSome));
await database.close();
