import { expect, test } from "vitest";
import { answerReading } from "./answer-reading.ts";
import type { KeptReading } from "./document-store.ts";

const document = { schema: "etalon.reading/1" };

/** A store for one test, and what is asked of one reading in it. */
function kept() {
  const readings = new Map<string, KeptReading>();
  const documents = {
    read: async (study: string, protocol: string) => readings.get(`${study} ${protocol}`),
    write: async (reading: KeptReading) => {
      readings.set(`${reading.study} ${reading.protocol}`, reading);
    },
    exported: async () => "",
    imported: async () => 0,
  };
  const ask = async (rest: string, asked: Parameters<typeof answerReading>[2] = {}) => {
    const answer = await answerReading(documents, { study: "1.2", protocol: "a/b", rest }, asked);
    const body: unknown = await answer.json();
    return { status: answer.status, etag: answer.headers.get("etag"), body };
  };
  const put = (headers: Readonly<Record<string, string>>) =>
    ask("/document", { method: "PUT", json: document, headers });
  return { ask, put };
}

test("the first version is made where there is none, the next on the one that was seen", async () => {
  const { ask, put } = kept();
  expect(await put({ "if-none-match": "*" })).toMatchObject({
    status: 201,
    etag: '"1"',
    body: { version: 1, document },
  });
  // Names of headers know no case (RFC 9110 section 5.1).
  expect(await put({ "If-Match": '"1"' })).toMatchObject({ status: 200, etag: '"2"' });
  expect(await ask("/document")).toMatchObject({ status: 200, etag: '"2"', body: { version: 2, document } });
});

test.each([[{}], [{ "if-match": '"7"' }]])(
  "a version that %j did not see is given back, not written over",
  async (headers) => {
    const { ask, put } = kept();
    await put({});
    expect(await put(headers)).toMatchObject({ status: 412, body: { code: "reading-stale", current: { version: 1 } } });
    expect(await ask("/document")).toMatchObject({ etag: '"1"' });
  },
);

test("a version that is named where there is none is not there", async () => {
  expect(await kept().put({ "if-match": '"1"' })).toMatchObject({ status: 404, body: { code: "reading-not-found" } });
});

test("a reading is a draft, preliminary once it is said, and a draft again when it changes", async () => {
  const { ask, put } = kept();
  expect(await ask("")).toMatchObject({ status: 404, body: { code: "reading-not-found" } });
  await put({});
  expect(await ask("")).toMatchObject({ status: 200, body: { status: "reading", version: 1, preliminary: null } });
  expect(await ask("/preliminary", { method: "POST" })).toMatchObject({ body: { status: "preliminary" } });
  expect(await ask("")).toMatchObject({ body: { status: "preliminary", preliminary: { version: 1 } } });
  await put({ "if-match": '"1"' });
  expect(await ask("")).toMatchObject({ body: { status: "reading", version: 2, preliminary: null } });
});

test("nobody signs, adds or compares here; a run is what the page measures itself", async () => {
  const { ask, put } = kept();
  for (const rest of ["/signatures", "/addenda"]) expect(await ask(rest)).toMatchObject({ status: 403 });
  expect(await ask("/comparison")).toMatchObject({ status: 200, body: { prior: null } });
  await put({});
  expect(await ask("/runs", { method: "POST" })).toMatchObject({ status: 202, body: { run: null } });
  expect(await ask("/report.pdf")).toMatchObject({ status: 404 });
});
