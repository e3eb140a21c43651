import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWithPeer, hasProgram, type RunningPeer, startPeer } from "@etalon/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { bytesSource } from "../byte-source.ts";
import { dataSetOf } from "../data-set-of.ts";
import { readPart10 } from "../read-part10.ts";
import { dimseStatus } from "./dimse/dimse-status.ts";
import { openAssociation } from "./open-association.ts";
import type { RequestorAssociation } from "./requestor-association.ts";
import { findSopClasses, getSopClasses, moveSopClasses, verificationSopClass } from "./sop-classes.ts";
import { bytesOf, contextOf, type Loopback, loopback, uids } from "./testing/loopback.ts";
import { outgoing, testArchive } from "./testing/test-archive.ts";
import { testObjects } from "./testing/test-objects.ts";

/** The acceptors of DCMTK, which our requestor calls. */
const [storescp, dcmqrscp] = ["storescp", "dcmqrscp"] as const;
const isPresent = hasProgram(storescp) && hasProgram(dcmqrscp);
const studyUid = "1.2.826.0.1.3680043.8.498.4.1";

describeWithPeer("our requestor calls DCMTK", { name: "dcmtk", isPresent }, () => {
  const objects = testObjects();
  const explicitObjects = objects.filter(({ transferSyntaxUid }) => transferSyntaxUid === uids.explicit);
  let folder: string;
  let net: Loopback;
  let peer: RunningPeer | undefined;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "etalon-dcmtk-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    net = loopback();
    rmSync(join(folder, "out"), { recursive: true, force: true });
    mkdirSync(join(folder, "out"));
  });
  afterEach(async () => {
    await peer?.stop();
    peer = undefined;
    await net.close();
  });

  const place = (): { cwd: string; env: Record<string, string | undefined> } => ({
    cwd: folder,
    env: { ...process.env, TCP_NODELAY: "1" },
  });
  const open = (port: number, ...contexts: readonly ReturnType<typeof contextOf>[]): Promise<RequestorAssociation> =>
    openAssociation({ host: "127.0.0.1", port, callingAeTitle: "ETALON", calledAeTitle: "PEER", contexts });

  it("storescp: C-ECHO, and C-STORE of what it writes as it came", async () => {
    peer = await startPeer(storescp, (port) => ["+B", "+xa", "-od", "out", String(port)], place());
    const association = await open(
      peer.port,
      contextOf(verificationSopClass),
      contextOf(uids.ct, uids.explicit),
      contextOf(uids.ct, uids.implicit),
    );
    await association.echo();
    for (const object of objects) expect(await association.store(outgoing(object))).toEqual({ status: 0 });
    await association.release();
    const files = readdirSync(join(folder, "out"));
    expect(files).toHaveLength(objects.length);
    for (const file of files) {
      const bytes = new Uint8Array(readFileSync(join(folder, "out", file)));
      const read = await readPart10(bytesSource(file, bytes), { until: "pixel-data" });
      const sent = objects.find(({ sopInstanceUid }) => file.endsWith(sopInstanceUid));
      expect(read.transferSyntaxUid, file).toBe(sent?.transferSyntaxUid);
      expect(Buffer.compare(bytes.slice(read.dataSetOffset), Buffer.from(sent?.bytes ?? [])), file).toBe(0);
    }
  });

  it("storescp that refuses, that aborts in the middle, and that is not there", async () => {
    peer = await startPeer(storescp, (port) => ["--refuse", String(port)], place());
    await expect(open(peer.port, contextOf(verificationSopClass))).rejects.toThrow(
      expect.objectContaining({ code: "association-rejected" }),
    );
    await peer.stop();
    peer = await startPeer(storescp, (port) => ["--ignore", "--abort-during", String(port)], place());
    const association = await open(peer.port, contextOf(uids.ct, uids.explicit));
    await expect(association.store(outgoing(objects[4]))).rejects.toThrow(
      expect.objectContaining({ code: "association-ended" }),
    );
    const { port } = peer;
    await peer.stop();
    await expect(open(port, contextOf(verificationSopClass))).rejects.toThrow(
      expect.objectContaining({ code: "association-ended", received: "closed" }),
    );
  });

  it("dcmqrscp: store, find, get, move", async () => {
    const archive = testArchive();
    const viewer = await net.serve(archive.handlers);
    const database = join(folder, "db");
    mkdirSync(database, { recursive: true });
    peer = await startPeer(dcmqrscp, (port) => ["-s", "-c", configuration(port, database, viewer.port)], place());
    const [find, get, move] = [findSopClasses, getSopClasses, moveSopClasses].map((each) => each["study-root"]);
    const association = await open(peer.port, contextOf(find), contextOf(move), contextOf(get), {
      ...contextOf(uids.ct, uids.explicit),
      role: { isScu: true, isScp: true },
    });
    for (const object of explicitObjects) expect(await association.store(outgoing(object))).toEqual({ status: 0 });

    const names: unknown[] = [];
    const images = dataSetOf({
      QueryRetrieveLevel: "IMAGE",
      StudyInstanceUID: studyUid,
      SeriesInstanceUID: `${studyUid}.1`,
      SOPInstanceUID: "",
    });
    for await (const match of association.find({ sopClassUid: find, identifier: images })) {
      names.push(match["00080018"].Value?.[0]);
    }
    expect(names.sort()).toEqual(explicitObjects.map(({ sopInstanceUid }) => sopInstanceUid).sort());

    const study = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyInstanceUID: studyUid });
    const got = new Map<string, Uint8Array>();
    const gotten = await association.get({
      sopClassUid: get,
      identifier: study,
      store: async ({ sopInstanceUid, bytes }) => {
        got.set(sopInstanceUid, await bytesOf(bytes));
        return { status: dimseStatus.success };
      },
    });
    expect(gotten).toMatchObject({ status: 0, completed: explicitObjects.length, failed: 0 });
    const moved = await association.move({ sopClassUid: move, identifier: study, moveDestination: "VIEWER" });
    expect(moved).toMatchObject({ status: 0, completed: explicitObjects.length, failed: 0 });
    for (const { name, sopInstanceUid, bytes } of explicitObjects) {
      expect(Buffer.compare(Buffer.from(got.get(sopInstanceUid) ?? []), Buffer.from(bytes)), name).toBe(0);
      const kept = archive.objects.get(sopInstanceUid)?.bytes ?? new Uint8Array();
      expect(Buffer.compare(Buffer.from(kept), Buffer.from(bytes)), name).toBe(0);
    }
    await expect(association.move({ sopClassUid: move, identifier: study, moveDestination: "NOBODY" })).rejects.toThrow(
      expect.objectContaining({ status: dimseStatus.moveDestinationUnknown }),
    );
    await association.release();
  });

  /** Writes a configuration of dcmqrscp, and tells where. */
  function configuration(port: number, database: string, viewerPort: number): string {
    const path = join(folder, "dcmqrscp.cfg");
    writeFileSync(
      path,
      `NetworkTCPPort = ${port}
MaxPDUSize = 16384
MaxAssociations = 16
HostTable BEGIN
viewer = (VIEWER, 127.0.0.1, ${viewerPort})
HostTable END
VendorTable BEGIN
VendorTable END
AETable BEGIN
PEER ${database} RW (100, 1024mb) ANY
AETable END
`,
    );
    return path;
  }
});
