import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type ArchivePeer, peerEnvironment } from "./archive-peer.ts";
import { freePort } from "./free-port.ts";
import { readJson, removeResource } from "./http-client.ts";

/** Orthanc, with its own interface besides DICOMweb. */
export interface OrthancPeer extends ArchivePeer {
  readonly name: "Orthanc";
  readonly restUrl: string;
  /** Its SQLite database. */
  readonly indexFile: string;
}

const plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

/** Debian's Orthanc and DICOMweb plugin as they come, but for places, ports and names. */
export async function startOrthanc(folder: string): Promise<OrthancPeer> {
  if (!existsSync(plugin)) throw new Error(`${plugin} is missing: apt-get install orthanc orthanc-dicomweb`);
  const [httpPort, dimsePort] = [await freePort(), await freePort()];
  await mkdir(folder, { recursive: true });
  const configuration = join(folder, "orthanc.json");
  const storage = join(folder, "storage");
  await writeFile(
    configuration,
    JSON.stringify({
      Name: "bench",
      StorageDirectory: storage,
      IndexDirectory: storage,
      HttpPort: httpPort,
      DicomPort: dimsePort,
      DicomAet: "ORTHANC",
      Plugins: [plugin],
    }),
  );
  const child = spawn("Orthanc", [configuration], { env: { ...peerEnvironment }, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const restUrl = `http://127.0.0.1:${httpPort}`;
  await waitFor(`${restUrl}/system`, () => child.exitCode !== null);
  if (child.pid === undefined) throw new Error("Orthanc has no process");
  return {
    name: "Orthanc",
    restUrl,
    dicomwebUrl: `${restUrl}/dicom-web`,
    dimse: { port: dimsePort, aeTitle: "ORTHANC" },
    pid: child.pid,
    indexFile: join(storage, "index"),
    empty: async () => {
      const patients = await readJson(`${restUrl}/patients`);
      if (!Array.isArray(patients)) throw new Error("no list of patients");
      for (const patient of patients) await removeResource(`${restUrl}/patients/${String(patient)}`);
    },
    countInstances: async () => {
      const statistics = await readJson(`${restUrl}/statistics`);
      return typeof statistics === "object" && statistics !== null && "CountInstances" in statistics
        ? Number(statistics.CountInstances)
        : Number.NaN;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function waitFor(url: string, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000 && !hasEnded(); tries++) {
    try {
      const response = await fetch(url);
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await pause(20);
  }
  throw new Error("Orthanc does not answer");
}
