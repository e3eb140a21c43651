import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { spawnServer } from "../../../apps/server/src/testing/running-server.ts";
import { type ArchivePeer, peerEnvironment } from "./archive-peer.ts";
import { freePort } from "./free-port.ts";
import { readJson, removeResource } from "./http-client.ts";
import { studyUidsIn } from "./study-uids.ts";

/** Etalon as `npm start` runs it, with its own PostgreSQL; in two processes that take turns on one core or use two. */
export async function startEtalon(dataFolder: string): Promise<ArchivePeer & { readonly databaseUrl: string }> {
  const port = await freePort();
  const server = spawnServer(dataFolder, {
    ...definedOnly(peerEnvironment),
    ETALON_DIMSE_PORT: String(port),
    ETALON_LOG_LEVEL: "warn",
  });
  const url = await server.url();
  const dicomwebUrl = `${url}/dicom-web`;
  const { pid } = server.child;
  if (pid === undefined) throw new Error("the server has no process");
  const password = (await readFile(join(dataFolder, "postgres/password"), "utf8")).trim();
  const socket = encodeURIComponent(join(dataFolder, "postgres/socket"));
  return {
    name: "Etalon",
    dicomwebUrl,
    dimse: { port, aeTitle: "ETALON" },
    pid,
    databaseUrl: `postgresql://etalon:${password}@${socket}:5432/etalon`,
    empty: async () => {
      for (const uid of studyUidsIn(await readJson(`${dicomwebUrl}/studies`))) {
        await removeResource(`${dicomwebUrl}/studies/${uid}`);
      }
    },
    countInstances: async () => {
      const response = await fetch(`${dicomwebUrl}/instances?limit=1`);
      await response.arrayBuffer();
      return Number(response.headers.get("x-total-count"));
    },
    stop: async () => {
      server.child.kill("SIGTERM");
      await server.ended;
    },
  };
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
