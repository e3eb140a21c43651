import { bytesSource, readPart10 } from "@etalon/dicom";
import type { ProgramPlace } from "@etalon/testing";
import {
  removeDataFolder,
  type ServerProcess,
  spawnServer,
  temporaryDataFolder,
} from "../../testing/running-server.ts";

/** The server's program with an empty archive, and where it is reached. */
export interface RunningArchive {
  readonly server: ServerProcess;
  readonly url: string;
  readonly dimsePort: number;
  stop(): Promise<void>;
}

/** Starts the server on a folder of its own. */
export async function startArchive(environment: Readonly<Record<string, string>> = {}): Promise<RunningArchive> {
  const folder = await temporaryDataFolder();
  const server = spawnServer(folder, environment);
  const url = await server.url();
  return {
    server,
    url,
    dimsePort: Number(/DICOM\s+\S+:(\d+)\n/.exec(server.output())?.[1]),
    stop: async () => {
      server.child.kill("SIGTERM");
      await server.ended;
      await removeDataFolder(folder);
    },
  };
}

/** Where peers run: Nagle's algorithm makes DCMTK wait for each message otherwise. */
export function peerPlace(cwd: string): ProgramPlace {
  return { cwd, env: { ...process.env, TCP_NODELAY: "1" } };
}

/** The data set of a file, without group 0002. */
export async function dataSetBytes(file: Uint8Array): Promise<Uint8Array> {
  const { dataSetOffset } = await readPart10(bytesSource("file", file), { until: "pixel-data" });
  return file.slice(dataSetOffset);
}

/** An instance as WADO gives what is stored. */
export async function storedFile(
  { url }: Pick<RunningArchive, "url">,
  uids: { readonly study: string; readonly series: string; readonly sopInstanceUid: string },
): Promise<Uint8Array> {
  const path = `${url}/dicom-web/studies/${uids.study}/series/${uids.series}/instances/${uids.sopInstanceUid}`;
  const response = await fetch(path, { headers: { accept: "application/dicom; transfer-syntax=*" } });
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
