import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningPeer, startPeer } from "@etalon/testing";
import { peerPlace } from "./running-archive.ts";

/** Debian's Orthanc, and its DICOMweb plugin. */
export const orthancProgram = "/usr/sbin/Orthanc";
const dicomwebPlugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
/** Whether Orthanc can speak DICOMweb here. */
export const hasOrthancDicomweb: boolean = existsSync(dicomwebPlugin);

/** An Orthanc with an empty archive. */
export interface RunningOrthanc {
  /** Asks its REST interface: JSON, or nothing. @throws where it answers with an error */
  ask(path: string, body?: unknown): Promise<unknown>;
  /** A file as it has it. */
  file(instanceId: string): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/** Starts Orthanc in a folder, knowing us as "etalon" for DIMSE and for DICOMweb. */
export async function startOrthanc(
  folder: string,
  ports: { readonly dicom: number; readonly etalonDicom: number; readonly etalonUrl: string },
): Promise<RunningOrthanc> {
  const storage = join(folder, "orthanc");
  mkdirSync(storage, { recursive: true });
  const configured = (httpPort: number): readonly string[] => {
    const path = join(folder, "orthanc.json");
    const config = {
      StorageDirectory: storage,
      IndexDirectory: storage,
      HttpPort: httpPort,
      DicomPort: ports.dicom,
      DicomAet: "ORTHANC",
      RemoteAccessAllowed: false,
      AuthenticationEnabled: false,
      DicomModalities: { etalon: ["ETALON", "127.0.0.1", ports.etalonDicom] },
      Plugins: hasOrthancDicomweb ? [dicomwebPlugin] : [],
      DicomWeb: { Servers: { etalon: { Url: `${ports.etalonUrl}/dicom-web/` } } },
    };
    writeFileSync(path, JSON.stringify(config));
    return [path];
  };
  const peer: RunningPeer = await startPeer(orthancProgram, configured, peerPlace(folder));
  const url = `http://127.0.0.1:${peer.port}`;
  const send = async (path: string, body?: unknown): Promise<Response> => {
    const isFile = body instanceof Uint8Array;
    const request =
      body === undefined ? {} : { method: "POST", body: isFile ? new Uint8Array(body) : JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, request);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    ask: async (path, body) => {
      const text = await (await send(path, body)).text();
      return text === "" ? undefined : JSON.parse(text);
    },
    file: async (instanceId) => new Uint8Array(await (await send(`/instances/${instanceId}/file`)).arrayBuffer()),
    stop: () => peer.stop(),
  };
}
