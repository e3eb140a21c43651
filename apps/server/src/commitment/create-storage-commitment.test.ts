import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DataSet, itemsOf, numberOf, textOf } from "@etalon/dicom";
import {
  type DimseServer,
  type EventReportRequest,
  openAssociation,
  type RequestorAssociation,
  startDimseServer,
  storageCommitmentInstance,
  storageCommitmentSopClass,
} from "@etalon/dicom/network";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../archive/testing/open-test-archive.ts";
import { ctImageStorage, inPieces, smallInstance } from "../archive/testing/small-instance.ts";
import { createLog } from "../create-log.ts";
import type { CommitmentTimes } from "./commitment-times.ts";
import { createStorageCommitment, type StorageCommitment } from "./create-storage-commitment.ts";

const times: CommitmentTimes = {
  pollMs: 20,
  firstRetryMs: 30,
  longestRetryMs: 100,
  giveUpAfterMs: 60_000,
  leaseMs: 10_000,
  connectTimeoutMs: 400,
};
const mr = "1.2.840.10008.5.1.4.1.1.4";
const uidOf = (index: number): string => `1.2.826.0.1.${index}`;
const reference = (index: number, sopClassUid = ctImageStorage): DataSet => ({
  "00081150": { vr: "UI", Value: [sopClassUid] },
  "00081155": { vr: "UI", Value: [uidOf(index)] },
});

function requestOf(transactionUid: string, references: readonly DataSet[]): DataSet {
  return {
    "00081195": { vr: "UI", Value: [transactionUid] },
    "00081199": { vr: "SQ", Value: references },
  };
}

/** A report in short: transaction, event, kept and failed instances with their reasons. */
function told({ eventTypeId, information }: EventReportRequest): unknown {
  return {
    transaction: textOf(information, "00081195"),
    event: eventTypeId,
    kept: itemsOf(information, "00081199").map((item) => textOf(item, "00081155")),
    failed: itemsOf(information, "00081198").map((item) => [textOf(item, "00081155"), numberOf(item, "00081197")]),
  };
}

let opened: TestArchive;
let lines: string[];
let services: StorageCommitment[];
let servers: DimseServer[];
let associations: RequestorAssociation[];
let modality: { port: number; readonly events: EventReportRequest[]; status: number };

beforeAll(async () => {
  opened = await openTestArchive();
});
afterAll(() => opened.close());
beforeEach(async () => {
  [lines, services, servers, associations] = [[], [], [], []];
  modality = { port: 0, events: [], status: 0 };
  await opened.empty();
  await opened.database.kysely.deleteFrom("storage_commitment").execute();
  for (const index of [1, 2, 3]) {
    await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(index)) });
  }
});
afterEach(async () => {
  for (const association of associations) association.abort();
  await Promise.all(servers.map((server) => server.close(0)));
  await Promise.all(services.map((service) => service.stop()));
});

/** The archive's side, running. */
async function serve(more: Partial<CommitmentTimes> = {}): Promise<DimseServer> {
  const service = createStorageCommitment({
    database: opened.database.kysely,
    store: opened.store,
    siteId: opened.scope.siteId,
    aeTitle: "ETALON",
    destinationOf: (aeTitle) =>
      aeTitle === "CT1" && modality.port > 0 ? { host: "127.0.0.1", port: modality.port } : undefined,
    log: createLog("info", { write: (line: string) => lines.push(line) }),
    times: { ...times, ...more },
  });
  service.start();
  services.push(service);
  const server = await startDimseServer({ port: 0, handlers: service.handlers });
  servers.push(server);
  return server;
}

/** The modality's own server, which takes reports. */
async function listen(): Promise<void> {
  const server = await startDimseServer({
    port: modality.port,
    handlers: {
      eventReport: async (event) => {
        modality.events.push(event);
        return { status: modality.status };
      },
    },
  });
  servers.push(server);
  modality.port = server.port;
}

async function open(server: DimseServer, eventReport?: (event: EventReportRequest) => Promise<{ status: number }>) {
  const association = await openAssociation({
    host: "127.0.0.1",
    port: server.port,
    callingAeTitle: "CT1",
    calledAeTitle: "ETALON",
    contexts: [{ abstractSyntax: storageCommitmentSopClass, transferSyntaxes: ["1.2.840.10008.1.2"] }],
    ...(eventReport === undefined ? {} : { eventReport }),
  });
  associations.push(association);
  return association;
}

function ask(association: RequestorAssociation, information: DataSet, actionTypeId = 1) {
  const sopClassUid = storageCommitmentSopClass;
  return association.action({ sopClassUid, sopInstanceUid: storageCommitmentInstance, actionTypeId, information });
}

/** Asks, and leaves as soon as that is answered. */
async function askAndLeave(server: DimseServer, information: DataSet): Promise<void> {
  const association = await open(server);
  await ask(association, information);
  await association.release();
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const latest = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > latest) throw new Error(`it did not come to that: ${lines.join("")}`);
    await delay(5);
  }
}

async function statesIn(): Promise<readonly string[]> {
  const rows = await opened.database.kysely.selectFrom("storage_commitment").select("state").orderBy("id").execute();
  return rows.map(({ state }) => state);
}

describe("storage commitment", () => {
  it("reports on the association that asked, as long as it is open", async () => {
    const events: EventReportRequest[] = [];
    const association = await open(await serve(), async (event) => {
      events.push(event);
      return { status: 0 };
    });
    await ask(association, requestOf("1.9.1", [reference(1), reference(2)]));
    await until(() => events.length === 1);
    expect(events.map(told)).toEqual([{ transaction: "1.9.1", event: 1, kept: [uidOf(1), uidOf(2)], failed: [] }]);
    expect(textOf(events[0]?.information ?? {}, "00080054")).toBe("ETALON");
    await until(async () => (await statesIn()).join() === "reported");
  });

  it("reports on an association of its own to who has left, once", async () => {
    await listen();
    await askAndLeave(await serve(), requestOf("1.9.2", [reference(1)]));
    await until(async () => (await statesIn()).join() === "reported");
    await delay(100);
    expect(modality.events.map(told)).toEqual([{ transaction: "1.9.2", event: 1, kept: [uidOf(1)], failed: [] }]);
    expect(modality.events[0]?.peer).toMatchObject({ callingAeTitle: "ETALON", calledAeTitle: "CT1" });
  });

  it("reports once where several programs serve one archive", async () => {
    await listen();
    const [first] = [await serve(), await serve(), await serve()];
    for (const index of [1, 2, 3]) await askAndLeave(first, requestOf(`1.9.10.${index}`, [reference(index)]));
    await until(async () => (await statesIn()).join() === "reported,reported,reported");
    await delay(100);
    expect(modality.events).toHaveLength(3);
  });

  it("says what is not there, of another class, gone, cut or changed, and why", async () => {
    await listen();
    for (const index of [4, 5]) {
      await opened.archive.store(opened.scope, { form: "part10", bytes: inPieces(smallInstance(index)) });
    }
    const files = await opened.archive.instances(opened.scope, { studyInstanceUid: "1.2.826.0.2.1" });
    const hashOf = (index: number): string =>
      files.find(({ sopInstanceUid }) => sopInstanceUid === uidOf(index))?.fileSha256 ?? "";
    await opened.store.remove(hashOf(3));
    const path = (index: number): string => join(opened.folder, "sha256", hashOf(index).slice(0, 2), hashOf(index));
    await damage(path(4), (bytes) => bytes.subarray(1));
    await damage(path(5), (bytes) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
    const asked = [reference(1), reference(2, mr), reference(3), reference(4), reference(5), reference(6)];
    await askAndLeave(await serve(), requestOf("1.9.3", asked));
    await until(() => modality.events.length === 1);
    // 0112H no such object instance, 0119H class-instance conflict, 0110H processing failure (PS3.3 C.14.1.1).
    const failed = [
      [uidOf(2), 0x0119],
      [uidOf(3), 0x0110],
      [uidOf(4), 0x0110],
      [uidOf(5), 0x0110],
      [uidOf(6), 0x0112],
    ];
    expect(modality.events.map(told)).toEqual([{ transaction: "1.9.3", event: 2, kept: [uidOf(1)], failed }]);
    expect(lines.join("")).not.toContain("Doe");
  });

  it("tries again until the requester takes it, and with the next start", async () => {
    await listen();
    modality.status = 0x0110;
    const server = await serve();
    await askAndLeave(server, requestOf("1.9.4", [reference(1)]));
    await until(() => modality.events.length === 3);
    await services[0]?.stop();
    const before = modality.events.length;
    expect(await statesIn()).toEqual(["owed"]);
    modality.status = 0;
    await delay(150);
    expect(modality.events).toHaveLength(before);
    await serve();
    await until(async () => (await statesIn()).join() === "reported");
    expect(modality.events.map(told).at(-1)).toEqual({ transaction: "1.9.4", event: 1, kept: [uidOf(1)], failed: [] });
  });

  it("stops while a report is under way, and owes it to the next start at once", async () => {
    let arrived = 0;
    const silent = createServer((socket) => {
      arrived += 1;
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    modality.port = typeof address === "object" && address !== null ? address.port : 0;
    await askAndLeave(await serve(), requestOf("1.9.12", [reference(1)]));
    await until(() => arrived === 1);
    silent.close();
    modality.port = 0;
    await listen();
    // The peer that does not answer is left alone after the time that an association may take to open.
    await services[0]?.stop();
    expect(await statesIn()).toEqual(["owed"]);
    await serve();
    await until(async () => (await statesIn()).join() === "reported");
  });

  it("gives up, with a line in the log, where nobody ever takes it", async () => {
    await askAndLeave(await serve({ giveUpAfterMs: 200 }), requestOf("1.9.5", [reference(1)]));
    await until(async () => (await statesIn()).join() === "given-up");
    expect(lines.filter((line) => line.includes("given up"))).toHaveLength(1);
    expect(lines.join("")).toContain("ETALON_DIMSE_NODES");
  });

  it("answers the same request again, and refuses another one under its transaction UID", async () => {
    await listen();
    const server = await serve();
    await askAndLeave(server, requestOf("1.9.6", [reference(1)]));
    await until(() => modality.events.length === 1);
    await until(async () => (await statesIn()).join() === "reported");
    await askAndLeave(server, requestOf("1.9.6", [reference(1)]));
    await until(() => modality.events.length === 2);
    await until(async () => (await statesIn()).join() === "reported");
    await askAndLeave(server, requestOf("1.9.6", [reference(2)]));
    await until(() => modality.events.length === 3);
    const kept = { transaction: "1.9.6", event: 1, kept: [uidOf(1)], failed: [] };
    // 0131H: duplicate transaction UID (PS3.3 C.14.1.1).
    const refused = { transaction: "1.9.6", event: 2, kept: [], failed: [[uidOf(2), 0x0131]] };
    expect(modality.events.map(told)).toEqual([kept, kept, refused]);
  });

  it("takes 3000 instances in one request", async () => {
    await listen();
    const many = Array.from({ length: 3000 }, (_, i) => reference(i + 1));
    await askAndLeave(await serve(), requestOf("1.9.7", many));
    await until(() => modality.events.length === 1);
    expect(modality.events.map(told)).toMatchObject([{ event: 2, kept: [uidOf(1), uidOf(2), uidOf(3)] }]);
    expect(itemsOf(modality.events[0]?.information ?? {}, "00081198")).toHaveLength(2997);
  });

  it.each([
    ["without transaction UID", requestOf("", [reference(1)]), 1, 0x0115],
    ["with one that is no UID", requestOf("1.2'; DROP", [reference(1)]), 1, 0x0115],
    ["without instances", requestOf("1.9.8", []), 1, 0x0115],
    ["with an instance that has no UID", requestOf("1.9.8", [{}]), 1, 0x0115],
    ["with another action", requestOf("1.9.8", [reference(1)]), 2, 0x0123],
  ] as const)("refuses a request %s", async (...[, information, action, status]) => {
    const association = await open(await serve());
    await expect(ask(association, information, action)).rejects.toThrow(expect.objectContaining({ status }));
    expect(await statesIn()).toEqual([]);
  });

  it("is of one site: another's images are not there", async () => {
    const { kysely } = opened.database;
    const { id } = await kysely.insertInto("site").values({ name: "other" }).returning("id").executeTakeFirstOrThrow();
    await listen();
    const server = await serve();
    await kysely.updateTable("study").set({ site_id: id }).execute();
    await askAndLeave(server, requestOf("1.9.9", [reference(1)]));
    await until(() => modality.events.length === 1);
    expect(modality.events.map(told)).toMatchObject([{ event: 2, failed: [[uidOf(1), 0x0112]] }]);
  });
});

/** Changes a stored file behind the archive's back. */
async function damage(path: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const bytes = new Uint8Array(await readFile(path));
  await chmod(path, 0o600);
  await writeFile(path, change(bytes));
}
