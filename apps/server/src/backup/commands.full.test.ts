import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallInstance } from "../archive/testing/small-instance.ts";
import { multipartBody, multipartType } from "../dicomweb/testing/multipart-body.ts";
import { readMultipart } from "../dicomweb/testing/read-multipart.ts";
import { startTestS3, type TestS3 } from "../store/testing/start-test-s3.ts";
import {
  removeDataFolder,
  type ServerProcess,
  serverProgram,
  spawnServer,
  temporaryDataFolder,
} from "../testing/running-server.ts";

let root = "";
let s3: TestS3;
const running = new Set<ServerProcess>();

beforeAll(async () => {
  root = await temporaryDataFolder();
  s3 = await startTestS3();
});
afterAll(async () => {
  for (const each of running) each.child.kill("SIGKILL");
  await s3?.close();
  await removeDataFolder(root);
});

async function serve(data: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = spawnServer(join(root, data), { ETALON_WORKERS: "0", ...environment });
  running.add(server);
  await server.url();
  return server;
}

async function end(server: ServerProcess): Promise<void> {
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  running.delete(server);
}

/** A command of the server's program on a data folder. */
async function command(data: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env["PATH"], ETALON_DATA: join(root, data), ...more };
  return promisify(execFile)(process.execPath, [serverProgram, ...args], { env });
}

/** What a client reads: the study, its metadata, the bytes of its instances. */
async function answers(server: ServerProcess): Promise<unknown> {
  const url = await server.url();
  const base = `${url}/dicom-web/studies`;
  const read = async (path: string) => (await (await fetch(`${base}${path}`)).text()).replaceAll(url, "");
  const parts = await readMultipart(await fetch(`${base}/1.2.826.0.2.1`));
  return [
    JSON.parse(await read("?includefield=all")),
    JSON.parse(await read("/1.2.826.0.2.1/metadata")),
    parts.map(({ type, bytes }) => [type, bytes.toString("base64")]),
  ];
}

test("beside a running server it is backed up and its log walked; on S3 the same archive rises", async () => {
  const first = await serve("one");
  const files = [1, 2, 3].map((index) => smallInstance(index));
  const stored = await fetch(`${await first.url()}/dicom-web/studies`, {
    method: "POST",
    headers: { "content-type": multipartType },
    body: new Uint8Array(multipartBody(files.map((bytes) => ({ bytes })))),
  });
  expect(stored.status).toBe(200);
  const said = await command("one", ["backup", join(root, "backup"), "--lang", "fr"]);
  expect(said.stdout).toMatch(/^Sauvegarde du .* 3 fichiers nouveaux, 0 déjà là\.\n$/);
  expect((await command("one", ["verify-audit"])).stdout).toMatch(
    /^The audit log is whole: \d+ events, up to \d+:[0-9a-f]{64}\n$/,
  );
  const events = await (await fetch(`${await first.url()}/api/audit?action=export`)).json();
  expect(events).toMatchObject({ total: 1, events: [{ purpose: "backup", object: { kind: "server" } }] });
  const known = await answers(first);
  await end(first);

  const keys = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };
  const elsewhere = { ETALON_STORE_URL: s3.storeUrl, ...keys };
  expect((await command("two", ["restore", join(root, "backup")], elsewhere)).stdout).toMatch(
    / 3 files, 0 there already\.\n$/,
  );
  await expect(command("two", ["restore", join(root, "backup")], elsewhere)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("[archive-not-empty]"),
  });
  const second = await serve("two", elsewhere);
  expect(await answers(second)).toEqual(known);
  const verdict = await (await fetch(`${await second.url()}/api/audit/verify`)).json();
  expect(verdict).toMatchObject({ isWhole: true, faults: [] });
  const fhir = await fetch(`${await second.url()}/api/audit?study=1.2.826.0.2.1&_format=fhir`);
  expect(fhir.headers.get("content-type")).toContain("application/fhir+json");
  expect(await fhir.json()).toMatchObject({ resourceType: "Bundle", type: "searchset" });
  await end(second);
  // smallInstance's patient.
  expect(second.output()).not.toMatch(/doe|jane/i);
}, 400_000);

test("what is asked wrongly ends with 2", async () => {
  await expect(command("one", ["backup"])).rejects.toMatchObject({ code: 2 });
  await expect(command("one", ["restore", "a", "b"])).rejects.toMatchObject({ code: 2 });
  await expect(command("one", ["verify-audit", "12"])).rejects.toMatchObject({ code: 2 });
}, 100_000);
