import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataSetOf } from "@etalon/dicom";
import {
  type DimseServer,
  type EventReportRequest,
  openAssociation,
  type RequestorAssociation,
  startDimseServer,
  storageCommitmentInstance,
  storageCommitmentSopClass,
} from "@etalon/dicom/network";
import { describeWithPeer, hasProgram } from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ctImageStorage, smallInstance } from "../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { type RunningArchive, startArchive } from "./testing/running-archive.ts";

const moveStudyRoot = "1.2.840.10008.5.1.4.1.2.2.2";
const implicit = "1.2.840.10008.1.2";

describeWithPeer("nodes over TLS", { name: "openssl", isPresent: hasProgram("openssl", ["version"]) }, () => {
  let folder = "";
  let target: RunningArchive;
  let source: RunningArchive;
  let modality: DimseServer;
  const events: EventReportRequest[] = [];
  const pem = (name: string): string => join(folder, `${name}.pem`);

  function certificate(name: string): void {
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const files = ["-keyout", pem(`${name}-key`), "-out", pem(name)];
    execFileSync("openssl", ["req", ...kind, ...subject, ...files], { stdio: "ignore" });
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-nodes-"));
    for (const name of ["source", "target", "stranger"]) certificate(name);
    // Each shows its certificate, and asks for the other's.
    target = await startArchive({
      ETALON_AE_TITLE: "TARGET",
      ETALON_DIMSE_TLS_KEY: pem("target-key"),
      ETALON_DIMSE_TLS_CERT: pem("target"),
      ETALON_DIMSE_TLS_CA: pem("source"),
    });
    modality = await startDimseServer({
      port: 0,
      tls: { key: readFileSync(pem("target-key")), cert: readFileSync(pem("target")) },
      handlers: {
        eventReport: async (event) => {
          events.push(event);
          return { status: 0 };
        },
      },
    });
    const nodes = [
      `TARGET=tls://localhost:${target.dimsePort}`,
      `BARE=127.0.0.1:${target.dimsePort}`,
      `CT1=tls://127.0.0.1:${modality.port}`,
    ];
    source = await startArchive(withNodes(nodes, "target"));
    await store(source);
  }, 120_000);
  afterAll(async () => {
    await modality?.close(0);
    await source?.stop();
    await target?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function withNodes(nodes: readonly string[], authority: string): Readonly<Record<string, string>> {
    return {
      ETALON_DIMSE_TLS_KEY: pem("source-key"),
      ETALON_DIMSE_TLS_CERT: pem("source"),
      ETALON_DIMSE_NODES: nodes.join(),
      ETALON_DIMSE_NODES_CA: pem(authority),
    };
  }

  async function store({ url }: RunningArchive): Promise<void> {
    const body = new Uint8Array(multipartBody([1, 2, 3].map((index) => ({ bytes: smallInstance(index) }))));
    const headers = { "content-type": multipartType };
    expect((await fetch(`${url}/dicom-web/studies`, { method: "POST", headers, body })).status).toBe(200);
  }

  function open({ dimsePort: port }: RunningArchive, abstractSyntax: string): Promise<RequestorAssociation> {
    return openAssociation({
      host: "localhost",
      port,
      tls: { ca: readFileSync(pem("source")) },
      callingAeTitle: "CT1",
      calledAeTitle: "ETALON",
      contexts: [{ abstractSyntax, transferSyntaxes: [implicit] }],
    });
  }

  async function move(from: RunningArchive, moveDestination: string) {
    const association = await open(from, moveStudyRoot);
    const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyInstanceUID: "1.2.826.0.2.1" });
    try {
      return await association.move({ sopClassUid: moveStudyRoot, identifier, moveDestination });
    } finally {
      await association.release();
    }
  }

  it("C-MOVE sends to one that shows a certificate of the authority, and shows its own", async () => {
    expect(await move(source, "TARGET")).toMatchObject({ status: 0, completed: 3, failed: 0 });
    const found = await fetch(`${target.url}/dicom-web/instances?limit=0`);
    expect(found.headers.get("x-total-count")).toBe("3");
  });

  it("C-MOVE sends nothing in the open to an encrypted node, nor to one of another authority", async () => {
    await expect(move(source, "BARE")).rejects.toMatchObject({ status: 0xa702 });
    const other = await startArchive(withNodes([`TARGET=tls://localhost:${target.dimsePort}`], "stranger"));
    try {
      await store(other);
      await expect(move(other, "TARGET")).rejects.toMatchObject({ status: 0xa702 });
    } finally {
      await other.stop();
    }
  });

  it("a commitment is reported to its node, encrypted", async () => {
    const association = await open(source, storageCommitmentSopClass);
    const reference = { ReferencedSOPClassUID: ctImageStorage, ReferencedSOPInstanceUID: "1.2.826.0.1.1" };
    const information = dataSetOf({ TransactionUID: "1.9.1", ReferencedSOPSequence: [dataSetOf(reference)] });
    const asked = { sopClassUid: storageCommitmentSopClass, sopInstanceUid: storageCommitmentInstance };
    await association.action({ ...asked, actionTypeId: 1, information });
    await association.release();
    await expect.poll(() => events.length, { timeout: 20_000 }).toBe(1);
    expect(events[0]).toMatchObject({ eventTypeId: 1 });
  });
});
