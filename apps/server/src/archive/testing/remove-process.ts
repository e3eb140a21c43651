import { writeSync } from "node:fs";
import { pino } from "pino";
import { openDatabase } from "../../database/open-database.ts";
import { createFileBlobStore } from "../../store/file-blob-store.ts";
import { createArchive } from "../create-archive.ts";

/**
 * A process of its own that deletes a study and comes to a halt, for good, where the rows are gone and the first file is about
 * to: `remove-process.ts URL FOLDER SITE STUDY`, a line `HALTED` then.
 */
const [url = "", folder = "", site = "", studyInstanceUid = ""] = process.argv.slice(2);

const database = openDatabase({ connectionString: url, poolSize: 2, log: pino({ enabled: false }) });
const store = await createFileBlobStore(folder);
const archive = createArchive({
  database: database.kysely,
  store: {
    ...store,
    remove: () => {
      writeSync(1, "HALTED\n");
      return new Promise(() => setInterval(() => {}, 1000));
    },
  },
});
await archive.remove({ siteId: Number(site), actor: "test", purpose: "test" }, { studyInstanceUid });
