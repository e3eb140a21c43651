import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DataSet, itemsOf, numberOf, textOf } from "@etalon/dicom";
import {
  type DimseServer,
  type EventReportRequest,
  openAssociation,
  startDimseServer,
  storageCommitmentInstance,
  storageCommitmentSopClass,
} from "@etalon/dicom/network";
import { describeWithPeer, freePort, hasProgram } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ctImageStorage, smallInstance } from "../archive/testing/small-instance.ts";
import { orthancProgram, type RunningOrthanc, startOrthanc } from "../dimse/testing/start-orthanc.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "../testing/running-server.ts";

const mr = "1.2.840.10008.5.1.4.1.1.4";
const uidOf = (index: number): string => `1.2.826.0.1.${index}`;
const orthancHere = { name: "orthanc", isPresent: hasProgram(orthancProgram) };

async function until<T>(read: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const latest = Date.now() + 100_000;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > latest) throw new Error("it did not come to that");
    await delay(50);
  }
}

describeWithPeer("Orthanc asks the server for storage commitment", orthancHere, () => {
  let folder: string;
  let dataFolder: string;
  let orthanc: RunningOrthanc;
  let server: ServerProcess;
  let dicom: number;
  let etalonDicom: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-commitment-"));
    dataFolder = await temporaryDataFolder();
    [dicom, etalonDicom] = [await freePort(), await freePort()];
    await start(dicom);
    orthanc = await startOrthanc(folder, { dicom, etalonDicom, etalonUrl: await server.url() });
    const url = `${await server.url()}/dicom-web/studies`;
    for (const index of [1, 2]) {
      const headers = { "content-type": "application/dicom" };
      const answer = await fetch(url, { method: "POST", headers, body: new Uint8Array(smallInstance(index)) });
      expect(answer.status).toBe(200);
    }
  });
  afterAll(async () => {
    await orthanc?.stop();
    server?.child.kill("SIGTERM");
    await server?.ended;
    await removeDataFolder(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the server, with Orthanc at a port. */
  async function start(orthancPort: number): Promise<void> {
    server = spawnServer(dataFolder, {
      ETALON_DIMSE_PORT: String(etalonDicom),
      ETALON_DIMSE_NODES: `ORTHANC=127.0.0.1:${orthancPort}`,
    });
    await server.url();
  }

  async function ask(...instances: readonly (readonly [number, string])[]): Promise<string> {
    const DicomInstances = instances.map(([index, sopClass]) => ({
      SOPClassUID: sopClass,
      SOPInstanceUID: uidOf(index),
    }));
    return textIn(await orthanc.ask("/modalities/etalon/storage-commitment", { DicomInstances }), "ID");
  }

  /** What Orthanc knows of a transaction, once it was told. */
  function told(id: string): Promise<unknown> {
    return until(async () => {
      const known = await orthanc.ask(`/storage-commitment/${id}`);
      return textIn(known, "Status") === "Pending" ? undefined : known;
    });
  }

  it("and is told that both images are kept", async () => {
    expect(await told(await ask([1, ctImageStorage], [2, ctImageStorage]))).toMatchObject({
      Status: "Success",
      RemoteAET: "ETALON",
      Success: [{ SOPInstanceUID: uidOf(1) }, { SOPInstanceUID: uidOf(2) }],
      Failures: [],
    });
  });

  it("and is told what is not, and why", async () => {
    const asked = await ask([1, ctImageStorage], [2, mr], [3, ctImageStorage]);
    expect(await told(asked)).toMatchObject({
      Status: "Failure",
      Success: [{ SOPInstanceUID: uidOf(1) }],
      Failures: [
        { SOPInstanceUID: uidOf(2), FailureReason: 0x0119 },
        { SOPInstanceUID: uidOf(3), FailureReason: 0x0112 },
      ],
    });
  });

  it("and is told after the server was killed, where it could not be told before", async () => {
    server.child.kill("SIGTERM");
    await server.ended;
    await start(await freePort());
    const id = await ask([1, ctImageStorage]);
    await until(() => server.output().includes("storage commitment not reported yet") || undefined);
    server.child.kill("SIGKILL");
    await server.ended;
    expect(textIn(await orthanc.ask(`/storage-commitment/${id}`), "Status")).toBe("Pending");
    await start(dicom);
    expect(await told(id)).toMatchObject({ Status: "Success", Success: [{ SOPInstanceUID: uidOf(1) }] });
  });
});

describeWithPeer("Orthanc is asked for storage commitment", orthancHere, () => {
  let folder: string;
  let orthanc: RunningOrthanc;
  let server: DimseServer;
  let dicom: number;
  const events: EventReportRequest[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-commitment-"));
    server = await startDimseServer({
      port: 0,
      handlers: {
        eventReport: async (event) => {
          events.push(event);
          return { status: 0 };
        },
      },
    });
    dicom = await freePort();
    orthanc = await startOrthanc(folder, { dicom, etalonDicom: server.port, etalonUrl: "http://127.0.0.1:1" });
    await orthanc.ask("/instances", smallInstance(1));
  });
  afterAll(async () => {
    await orthanc?.stop();
    await server?.close(0);
    rmSync(folder, { recursive: true, force: true });
  });

  it("and reports what it has and what it has not, as an SCP that opens an association", async () => {
    const association = await openAssociation({
      host: "127.0.0.1",
      port: dicom,
      callingAeTitle: "ETALON",
      calledAeTitle: "ORTHANC",
      contexts: [{ abstractSyntax: storageCommitmentSopClass, transferSyntaxes: ["1.2.840.10008.1.2"] }],
    });
    const references = [1, 2].map(
      (index): DataSet => ({
        "00081150": { vr: "UI", Value: [ctImageStorage] },
        "00081155": { vr: "UI", Value: [uidOf(index)] },
      }),
    );
    const answer = await association.action({
      sopClassUid: storageCommitmentSopClass,
      sopInstanceUid: storageCommitmentInstance,
      actionTypeId: 1,
      information: {
        "00081195": { vr: "UI", Value: ["1.2.826.0.9.1"] },
        "00081199": { vr: "SQ", Value: references },
      },
    });
    expect(answer.status).toBe(0);
    await association.release();
    const { eventTypeId, sopInstanceUid, information } = await until(() => events[0]);
    expect({ eventTypeId, sopInstanceUid }).toEqual({ eventTypeId: 2, sopInstanceUid: storageCommitmentInstance });
    expect(textOf(information, "00081195")).toBe("1.2.826.0.9.1");
    expect(itemsOf(information, "00081199").map((item) => textOf(item, "00081155"))).toEqual([uidOf(1)]);
    const failed = itemsOf(information, "00081198");
    expect(failed.map((item) => [textOf(item, "00081155"), numberOf(item, "00081197")])).toEqual([[uidOf(2), 0x0112]]);
  });
});

function textIn(answer: unknown, key: string): string {
  const value = typeof answer === "object" && answer !== null ? Reflect.get(answer, key) : undefined;
  if (typeof value !== "string") throw new Error(`${key} is no text in ${JSON.stringify(answer)}`);
  return value;
}
