import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openAssociation } from "@etalon/dicom/network";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ctImageStorage, explicitLittleEndian, inPieces, smallInstance } from "./archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "./dicomweb/testing/multipart-body.ts";
import { readMultipart } from "./dicomweb/testing/read-multipart.ts";
import { isPostmasterOf, readLivingPostmaster } from "./postgres/postmaster-file.ts";
import { removeDataFolder, type ServerProcess, spawnServer, temporaryDataFolder } from "./testing/running-server.ts";

const instanceCount = 2000;
const killsARound = 5;
/** 2, as CI runs it; `ETALON_CRASH_ROUNDS=20` for the long run by hand. */
const rounds = Number(process.env["ETALON_CRASH_ROUNDS"] ?? 2);

let folder = "";
let server: ServerProcess;
/** Process ids of PostgreSQLs that were killed; 0 stands for none running. */
const killed = new Set<number>([0]);

beforeEach(async () => {
  folder = await temporaryDataFolder();
  server = spawnServer(folder, { ETALON_LOG_LEVEL: "silent" });
});

afterEach(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await removeDataFolder(folder);
});

const cluster = (): string => join(folder, "postgres/cluster");

/** Sends instances until none is left or the server is gone; what was acknowledged is taken out of `waiting`. */
type Sender = (waiting: Set<number>) => Promise<void>;

const instancesARequest = 7;

/** One lane of a STOW client, a few instances in each request. */
async function sendByStow(waiting: Set<number>): Promise<void> {
  const url = await server.url();
  for (;;) {
    const indices = [...waiting].sort(() => Math.random() - 0.5).slice(0, instancesARequest);
    if (indices.length === 0) return;
    const answer = await fetch(`${url}/dicom-web/studies`, {
      method: "POST",
      headers: { "content-type": multipartType, accept: "application/dicom+json" },
      body: new Uint8Array(multipartBody(indices.map((index) => ({ bytes: smallInstance(index) })))),
    });
    const said = JSON.stringify(await answer.json());
    for (const [, index] of said.matchAll(/"00081155":\{"vr":"UI","Value":\["1\.2\.826\.0\.1\.(\d+)"\]\},"00081190"/g))
      waiting.delete(Number(index));
  }
}

const groupLengthAt = 140;

/** One association that sends every instance left, each acknowledged alone. */
async function sendByStore(waiting: Set<number>): Promise<void> {
  await server.url();
  const [, host = "", port = ""] = /DICOM\s+ETALON@(\S+):(\d+)/.exec(server.output()) ?? [];
  const association = await openAssociation({
    host,
    port: Number(port),
    callingAeTitle: "CT1",
    calledAeTitle: "ETALON",
    contexts: [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittleEndian] }],
  });
  for (const index of [...waiting].sort(() => Math.random() - 0.5)) {
    const file = smallInstance(index);
    const offset = groupLengthAt + 4 + new DataView(file.buffer, file.byteOffset).getUint32(groupLengthAt, true);
    const { status } = await association.store({
      sopClassUid: ctImageStorage,
      sopInstanceUid: `1.2.826.0.1.${index}`,
      transferSyntaxUid: explicitLittleEndian,
      open: () => inPieces(file.subarray(offset)),
    });
    if (status === 0) waiting.delete(index);
  }
  await association.release();
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What the server answers: every acknowledged instance, byte for byte from its data set on, and nothing half. */
async function expectIntact(waiting: ReadonlySet<number>): Promise<void> {
  const url = `${await server.url()}/dicom-web/studies/1.2.826.0.2.1`;
  const answer = await fetch(url, { headers: { accept: 'multipart/related; type="application/dicom"' } });
  const parts = answer.status === 404 ? [] : await readMultipart(answer);
  const sent = new Map<string, number>();
  for (let index = 1; index <= instanceCount; index += 1) sent.set(sha256(dataSetBytes(smallInstance(index))), index);
  const given = parts.map(({ bytes }) => sent.get(sha256(dataSetBytes(bytes))));
  expect(given.filter((index) => index === undefined)).toEqual([]);
  const there = new Set(given);
  expect(there.size).toBe(parts.length);
  const lost = [...sent.values()].filter((index) => !waiting.has(index) && !there.has(index));
  expect(lost).toEqual([]);
  const found = await fetch(`${await server.url()}/dicom-web/studies?includefield=00201208`);
  const matches: unknown = found.status === 204 ? [] : await found.json();
  const count = /"00201208":\{"vr":"IS","Value":\[(\d+)\]/.exec(JSON.stringify(matches))?.[1] ?? "0";
  expect(Number(count)).toBe(parts.length);
}

function dataSetBytes(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset);
  return file.subarray(groupLengthAt + 4 + view.getUint32(groupLengthAt, true));
}

/** Kills the server, PostgreSQL, or both, and starts the server again where it was killed. */
async function kill(what: "server" | "postgres" | "both"): Promise<void> {
  if (what !== "server") {
    const { pid } = (await readLivingPostmaster(cluster())) ?? {};
    if (pid !== undefined && (await isPostmasterOf(pid, cluster()))) process.kill(pid, "SIGKILL");
    killed.add(pid ?? 0);
  }
  if (what !== "postgres") {
    server.child.kill("SIGKILL");
    await server.ended;
    server = spawnServer(folder, { ETALON_LOG_LEVEL: "silent" });
  }
  await isReady();
}

async function isReady(): Promise<void> {
  const latest = Date.now() + 60_000;
  const url = await server.url();
  for (;;) {
    // Backends of a dead PostgreSQL answer for a moment yet: it is back once it is another.
    const { pid = 0 } = (await readLivingPostmaster(cluster())) ?? {};
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200 && !killed.has(pid)) return;
    if (Date.now() > latest) throw new Error(`not ready: ${server.output()}`);
    await pause(50);
  }
}

/** Lanes of a sender; that the server goes away under them is what is tested, and the next call goes on. */
async function sendSome(send: Sender, waiting: Set<number>): Promise<void> {
  await Promise.allSettled(Array.from({ length: 3 }, () => send(waiting)));
}

const victims = ["server", "postgres", "both"] as const;

describe.each(Array.from({ length: rounds }, (_, round) => round))("round %i", (round) => {
  it.each([
    ["STOW", sendByStow],
    ["C-STORE", sendByStore],
  ] as const)("%s of 2000 instances while server and PostgreSQL are killed", async (_name, send) => {
    const waiting = new Set(Array.from({ length: instanceCount }, (_, index) => index + 1));
    await isReady();
    for (let kills = 0; kills < killsARound && waiting.size > 0; kills += 1) {
      const sending = sendSome(send, waiting);
      await pause(100 + Math.random() * 900);
      const killing = kill(victims[(round + kills) % victims.length] ?? "both");
      await Promise.all([sending, killing]);
      await expectIntact(waiting);
    }
    const latest = Date.now() + 120_000;
    while (waiting.size > 0 && Date.now() < latest) await sendSome(send, waiting);
    expect([...waiting]).toEqual([]);
    await expectIntact(waiting);
  });
});
