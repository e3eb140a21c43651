import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesSource, readPart10, textOf } from "@etalon/dicom";
import { openAssociation } from "@etalon/dicom/network";
import { describeWithPeer, freePort, hasProgram } from "@etalon/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type DimseObject, dimseObjects, testStudies } from "./testing/dimse-objects.ts";
import { dataSetBytes, type RunningArchive, startArchive, storedFile } from "./testing/running-archive.ts";
import { hasOrthancDicomweb, orthancProgram, type RunningOrthanc, startOrthanc } from "./testing/start-orthanc.ts";

const explicit = "1.2.840.10008.1.2.1";
const ct = "1.2.840.10008.5.1.4.1.1.2";
const singlePart = { "content-type": "application/dicom" };

describeWithPeer("Orthanc and the server", { name: "orthanc", isPresent: hasProgram(orthancProgram) }, () => {
  let folder: string;
  let archive: RunningArchive;
  let orthanc: RunningOrthanc;
  let dicom: number;
  /** Orthanc writes its data sets in Explicit VR where they came in Implicit VR. */
  const objects = dimseObjects.filter(({ transferSyntaxUid }) => transferSyntaxUid === explicit);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-orthanc-"));
    dicom = await freePort();
    archive = await startArchive({ ETALON_DIMSE_NODES: `ORTHANC=127.0.0.1:${dicom}` });
    orthanc = await startOrthanc(folder, { dicom, etalonDicom: archive.dimsePort, etalonUrl: archive.url });
  });
  afterAll(async () => {
    await orthanc?.stop();
    await archive?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await orthanc.ask("/tools/bulk-delete", { Resources: await idsOf("/instances") });
    await removeHere();
  });

  async function removeHere(): Promise<void> {
    for (const study of Object.values(testStudies))
      await fetch(`${archive.url}/dicom-web/studies/${study}`, { method: "DELETE" });
  }

  async function idsOf(path: string): Promise<readonly string[]> {
    const ids = await orthanc.ask(path);
    if (!Array.isArray(ids)) throw new Error(`${path}: no list`);
    return ids.map(String);
  }

  async function upload(): Promise<readonly string[]> {
    for (const { file } of objects) await orthanc.ask("/instances", file);
    return idsOf("/studies");
  }

  async function expectStoredHere(expected: readonly DimseObject[]): Promise<void> {
    for (const one of expected) {
      const stored = await dataSetBytes(await storedFile(archive, one));
      expect(Buffer.from(stored).equals(one.dataSet), one.name).toBe(true);
    }
    const found = await fetch(`${archive.url}/dicom-web/instances`);
    expect(found.status === 204 ? [] : await found.json()).toHaveLength(expected.length);
  }

  async function expectStoredThere(expected: readonly DimseObject[]): Promise<void> {
    const ids = await idsOf("/instances");
    expect(ids).toHaveLength(expected.length);
    for (const id of ids) {
      const file = await orthanc.file(id);
      const { dataSet } = await readPart10(bytesSource(id, file), { until: "pixel-data" });
      const sent = expected.find(({ sopInstanceUid }) => sopInstanceUid === textOf(dataSet, "00080018"));
      expect(Buffer.from(await dataSetBytes(file)).equals(sent?.dataSet ?? Buffer.alloc(0)), sent?.name).toBe(true);
    }
  }

  async function storeHere(): Promise<void> {
    for (const { file } of objects) {
      const body = new Uint8Array(file);
      const answer = await fetch(`${archive.url}/dicom-web/studies`, { method: "POST", headers: singlePart, body });
      expect(answer.status).toBe(200);
    }
  }

  it("pushes to us by C-STORE", async () => {
    const studies = await upload();
    await orthanc.ask("/modalities/etalon/echo", {});
    await orthanc.ask("/modalities/etalon/store", { Resources: studies, Synchronous: true });
    await expectStoredHere(objects);
  });

  it("queries us, and has us send by C-MOVE", async () => {
    await storeHere();
    const query = { Level: "Study", Query: { PatientID: "P1", StudyDate: "", ModalitiesInStudy: "" } };
    const answer = await orthanc.ask("/modalities/etalon/query", query);
    const id = String(Reflect.get(Object(answer), "ID"));
    expect(await idsOf(`/queries/${id}/answers`)).toEqual(["0", "1"]);
    const contents = await Promise.all(
      [0, 1].map((at) => orthanc.ask(`/queries/${id}/answers/${at}/content?simplify`)),
    );
    expect(contents).toEqual([
      expect.objectContaining({
        StudyInstanceUID: testStudies.followUp,
        ModalitiesInStudy: "US",
        StudyDate: "20250301",
      }),
      expect.objectContaining({ StudyInstanceUID: testStudies.scan, ModalitiesInStudy: "CT\\MR", PatientID: "P1" }),
    ]);
    await orthanc.ask(`/queries/${id}/retrieve`, { TargetAet: "ORTHANC", Synchronous: true });
    await expectStoredThere(objects.filter(({ study }) => study !== testStudies.chinese));
  });

  it("takes what we push to it", async () => {
    const association = await openAssociation({
      host: "127.0.0.1",
      port: dicom,
      callingAeTitle: "ETALON",
      calledAeTitle: "ORTHANC",
      contexts: [{ abstractSyntax: ct, transferSyntaxes: [explicit] }],
    });
    for (const { sopInstanceUid, dataSet } of objects) {
      const open = async function* (): AsyncGenerator<Uint8Array> {
        yield dataSet;
      };
      const sent = { sopClassUid: ct, sopInstanceUid, transferSyntaxUid: explicit, open };
      expect((await association.store(sent)).status).toBe(0);
    }
    await association.release();
    await expectStoredThere(objects);
  });

  it.skipIf(!hasOrthancDicomweb)("pulls from us and pushes to us by DICOMweb", async () => {
    await storeHere();
    const Resources = Object.values(testStudies).map((Study) => ({ Study }));
    await orthanc.ask("/dicom-web/servers/etalon/retrieve", { Resources, Synchronous: true });
    await expectStoredThere(objects);
    await removeHere();
    await expectStoredHere([]);
    await orthanc.ask("/dicom-web/servers/etalon/stow", { Resources: await idsOf("/studies"), Synchronous: true });
    await expectStoredHere(objects);
  });
});
