import { openAssociation } from "@etalon/dicom/network";
import { ctImageStorage, explicitLittleEndian } from "../archive/testing/small-instance.ts";
import { startTestS3 } from "../store/testing/start-test-s3.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "./running-server.ts";
import { debianPostgres15, startTestDatabase, type TestDatabase } from "./start-test-database.ts";

/** An external PostgreSQL and an S3 store, and the processes that share them. */
export interface ManyMachines {
  readonly database: TestDatabase;
  /** Starts a process with these roles and waits until it answers. */
  start(roles: string, environment?: Readonly<Record<string, string>>): Promise<ServerProcess>;
  /** Ends every process, then what they share. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL 15 and `s3rver`; each process that is started then has a data folder of its own, as on its own machine. */
export async function openManyMachines(shared: Readonly<Record<string, string>> = {}): Promise<ManyMachines> {
  const database = await startTestDatabase(debianPostgres15);
  const s3 = await startTestS3();
  const processes = new Set<ServerProcess>();
  const folders: string[] = [];
  return {
    database,
    start: async (roles, environment = {}) => {
      const folder = await temporaryDataFolder();
      folders.push(folder);
      const server = spawnServer(folder, {
        ETALON_ROLES: roles,
        ETALON_DATABASE_URL: database.connectionString,
        ETALON_DATABASE_CONNECTIONS: "8",
        ETALON_STORE_URL: s3.storeUrl,
        AWS_ACCESS_KEY_ID: s3.place.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.place.credentials.secretAccessKey,
        ETALON_STABLE_SECONDS: "0",
        ...shared,
        ...environment,
      });
      processes.add(server);
      await server.url();
      return server;
    },
    stop: async () => {
      for (const { child } of processes) child.kill("SIGTERM");
      await Promise.all([...processes].map(({ ended }) => ended));
      await Promise.all(folders.map(removeDataFolder));
      await s3.close();
      await database.stop();
    },
  };
}

/** Where a process takes associations. */
export function dicomPortOf(server: ServerProcess): number {
  return Number(/DICOM\s+ETALON@\S+:(\d+)/.exec(server.output())?.[1]);
}

/** Byte at which the length of group 0002 stands in a file, and where what it counts begins. */
const groupLength = { at: 140, endsAt: 144 };

/** Sends CT files on one association. @returns how many were acknowledged: fewer where it broke */
export async function sendByStore(port: number, files: readonly Uint8Array[]): Promise<number> {
  let sent = 0;
  try {
    const association = await openAssociation({
      host: "127.0.0.1",
      port,
      callingAeTitle: "CT1",
      calledAeTitle: "ETALON",
      contexts: [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittleEndian] }],
    });
    for (const file of files) {
      const offset = groupLength.endsAt + new DataView(file.buffer, file.byteOffset).getUint32(groupLength.at, true);
      const { status } = await association.store({
        sopClassUid: ctImageStorage,
        sopInstanceUid: sopInstanceUidOf(file),
        transferSyntaxUid: explicitLittleEndian,
        open: async function* () {
          yield file.subarray(offset);
        },
      });
      if (status !== 0) break;
      sent += 1;
    }
    await association.release();
  } catch {
    // Broken off, as when the process ends: what was not acknowledged is sent again.
  }
  return sent;
}

/** Of group 0002: (0002,0003), which the file's own UID follows. */
function sopInstanceUidOf(file: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(file.subarray(0, 1024));
  const at = head.indexOf("\x02\x00\x03\x00UI");
  const length = head.charCodeAt(at + 6) + 256 * head.charCodeAt(at + 7);
  return head.slice(at + 8, at + 8 + length).replace(/\0$/, "");
}
