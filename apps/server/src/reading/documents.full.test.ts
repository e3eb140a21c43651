import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { versionSchema } from "./find-versions.ts";
import { readingStateSchema } from "./reading-state.ts";
import { studyRowSchema } from "./study-row.ts";
import { type AskedOnce, type ServedReadings, serveReadings } from "./testing/serve-readings.ts";

let served: ServedReadings;
let study = "";
let marie = "";
let paul = "";

beforeAll(async () => {
  served = await serveReadings();
  study = await served.storePhantom();
  marie = await served.bearer(await served.account("marie", "radiologist"));
  paul = await served.bearer(await served.account("paul", "technologist"));
});

afterAll(() => served.close());

const problem = z.looseObject({ status: z.number(), code: z.string() });
const reading = () => `studies/${study}/readings/coronary/calcium-score`;
const empty = { schema: "etalon.reading/1" };

async function put(document: unknown, asked: Omit<AskedOnce, "method" | "body">): Promise<Response> {
  return served.ask(`${reading()}/document`, { ...asked, method: "PUT", body: document });
}

describe("what a reader does", () => {
  test("is not there before it is saved", async () => {
    const answer = await served.ask(`${reading()}/document`, { as: marie });
    expect(problem.parse(await answer.json())).toMatchObject({ status: 404, code: "reading-not-found" });
  });

  test("is saved on nothing first, on the version that was seen after", async () => {
    const blind = await put(empty, { as: marie });
    expect(problem.parse(await blind.json())).toMatchObject({ status: 428, code: "precondition-needed" });
    const first = await put(empty, { as: marie, headers: { "if-none-match": "*" } });
    expect([first.status, first.headers.get("etag")]).toEqual([201, '"1"']);
    expect(versionSchema.parse(await first.json())).toMatchObject({ version: 1, author: { name: "marie" } });
    const findings = { ...empty, sections: { fr: { findings: "Deux lésions de l'IVA." } } };
    const second = await put(findings, { as: paul, headers: { "if-match": '"1"' } });
    expect([second.status, second.headers.get("etag")]).toEqual([200, '"2"']);
    const unchanged = await put(findings, { as: paul, headers: { "if-match": '"2"' } });
    expect([unchanged.status, unchanged.headers.get("etag")]).toEqual([200, '"2"']);
  });

  test("that is stale is refused with both versions, and what they were made from", async () => {
    const mine = { ...empty, sections: { fr: { findings: "Trois lésions." } } };
    const answer = await put(mine, { as: marie, headers: { "if-match": '"1"' } });
    expect([answer.status, answer.headers.get("etag")]).toEqual([412, '"2"']);
    const said = problem
      .extend({ current: versionSchema, base: versionSchema, sent: z.unknown() })
      .parse(await answer.json());
    expect(said.code).toBe("reading-stale");
    expect(said.current.document.sections.fr?.findings).toBe("Deux lésions de l'IVA.");
    expect(said.base.version).toBe(1);
    expect(said.sent).toMatchObject({ sections: { fr: { findings: "Trois lésions." } } });
    const again = await put(empty, { as: marie, headers: { "if-none-match": "*" } });
    expect(again.status).toBe(412);
  });

  test("of two who save at once one is told that it is stale", async () => {
    const others = ["A", "B", "C", "D"].map((comment) => ({ ...empty, sections: { en: { comment } } }));
    const answers = await Promise.all(
      others.map((document) => put(document, { as: marie, headers: { "if-match": '"2"' } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  test("is kept version by version", async () => {
    const list = z.object({ versions: z.array(z.object({ version: z.number(), sizeBytes: z.number() })) });
    const { versions } = list.parse(await (await served.ask(`${reading()}/document/versions`, { as: marie })).json());
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    const one = await served.ask(`${reading()}/document/versions/2`, { as: marie });
    expect(versionSchema.parse(await one.json())).toMatchObject({ author: { name: "paul" } });
    expect((await served.ask(`${reading()}/document/versions/9`, { as: marie })).status).toBe(404);
    const same = await served.ask(`${reading()}/document`, { as: marie, headers: { "if-none-match": '"3"' } });
    expect([same.status, same.headers.get("etag")]).toEqual([304, '"3"']);
    await expect(
      served.database.kysely.updateTable("reading_version").set({ document: "{}" }).execute(),
    ).rejects.toThrow("never changed");
  });

  test.each([
    ["a parameter that is none", { parameters: { "no-such": 1 } }, 400, "unknown-name"],
    ["a parameter beyond its range", { parameters: { "minimum-area": -1 } }, 400, "out-of-range"],
    ["a role that is none", { roles: { heart: "1.2.3" } }, 400, "unknown-name"],
    ["a fact that is none", { facts: factsOf({ id: "shoe-size", value: 42 }) }, 400, "unknown-fact"],
    ["a fact that is never kept", { facts: factsOf({ id: "ethnicity", value: "white" }) }, 400, "fact-not-kept"],
    ["too long a text", { sections: { fr: { findings: "x".repeat(20_001) } } }, 400, "request-malformed"],
    ["what nobody knows", { colour: "red" }, 400, "request-malformed"],
  ])("is refused: %s", async (...[, part, status, code]) => {
    const answer = await put({ ...empty, ...part }, { as: marie, headers: { "if-match": '"3"' } });
    expect(problem.parse(await answer.json())).toMatchObject({ status, code });
  });

  test("names series of its study alone", async () => {
    const role = { roles: { "calcium-ct": "1.2.3.4" } };
    const answer = await put({ ...empty, ...role }, { as: marie, headers: { "if-match": '"3"' } });
    expect(problem.parse(await answer.json())).toMatchObject({ status: 404, code: "series-not-found" });
  });
});

function factsOf(fact: object): object {
  return { schema: "etalon.facts/1", facts: [fact] };
}

const listSchema = z.object({ total: z.number(), studies: z.array(studyRowSchema) });

describe("the list", () => {
  test("says how far each study is, and is asked by that", async () => {
    const other = await served.storePhantom({ columns: 32, rows: 32, seed: 2 });
    const all = listSchema.parse(await (await served.ask("reading-list", { as: marie })).json());
    const statuses = new Map(all.studies.map(({ studyInstanceUid, status }) => [studyInstanceUid, status]));
    expect([all.total, statuses.get(study), statuses.get(other)]).toEqual([2, "reading", "new"]);
    const begun = await served.ask("reading-list?status=reading,signed", { as: marie });
    const page = listSchema.parse(await begun.json());
    expect(page.studies.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([study]);
    expect(page.studies[0]?.readings).toMatchObject([{ protocol: "coronary/calcium-score", version: 3 }]);
    const some = await served.ask("reading-list", {
      as: marie,
      method: "POST",
      body: { studies: [other, study, "9.9"] },
    });
    const rows = listSchema.parse(await some.json()).studies;
    expect(rows.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([other, study]);
  });

  test("has the most urgent first, by the order or by who says so", async () => {
    const stat = await served.ask(`studies/${study}/priority`, { as: paul, method: "PUT", body: { priority: "stat" } });
    expect(await stat.json()).toEqual({ priority: "stat", requestedAt: null });
    const urgent = await served.ask("reading-list?sort=urgency", { as: marie });
    const [first] = listSchema.parse(await urgent.json()).studies;
    expect([first?.studyInstanceUid, first?.priority]).toEqual([study, "stat"]);
    const routine = await served.ask("reading-list?priority=routine", { as: marie });
    expect(listSchema.parse(await routine.json()).total).toBe(1);
  });

  test("is as empty as what somebody may see", async () => {
    const guest = await served.bearer(await served.account("guest", "guest"));
    expect(listSchema.parse(await (await served.ask("reading-list", { as: guest })).json()).total).toBe(0);
    expect((await served.ask(reading(), { as: guest })).status).toBe(404);
  });
});

test("protocols that a study can be measured with, and what their rules ask for", async () => {
  const protocols = await (await served.ask(`studies/${study}/protocols`, { as: marie })).json();
  expect(protocols).toMatchObject({
    protocols: [{ protocol: "coronary/calcium-score", reading: { status: "reading", version: 3 } }],
  });
  const schema = z.object({
    facts: z.array(z.looseObject({ id: z.string(), from: z.string(), isSensitive: z.boolean() })),
  });
  const { facts } = schema.parse(
    await (await served.ask("protocols/coronary/calcium-score/facts", { as: marie })).json(),
  );
  const of = (id: string) => facts.find((fact) => fact.id === id);
  expect(of("agatston-score")?.from).toBe("result");
  expect(of("age")?.from).toBe("images");
  expect(of("diabetes")).toMatchObject({ from: "reader", kind: "boolean", title: { fr: "Diabète" } });
  expect(of("ethnicity")?.isSensitive).toBe(true);
});

test("two readers hear of each other", async () => {
  const stream = await served.ask("events", { as: marie }).catch(() => undefined);
  if (stream?.body === null || stream === undefined) throw new Error("no events");
  const saved = await put({ ...empty, language: "fr" }, { as: paul, headers: { "if-match": '"3"' } });
  expect(saved.status).toBe(200);
  let text = "";
  for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (text.includes("event: reading")) break;
  }
  const data: unknown = JSON.parse(/^event: reading\ndata: (.*)$/m.exec(text)?.[1] ?? "null");
  expect(data).toMatchObject({ studyInstanceUid: study, change: "saved", version: 4, status: "reading" });
  expect(JSON.stringify(data)).not.toContain("siteId");
});

test("the state says who saved what; nothing was run or signed", async () => {
  const state = readingStateSchema.parse(await (await served.ask(reading(), { as: marie })).json());
  expect(state).toMatchObject({ version: 4, status: "reading", author: { name: "paul" } });
  expect([state.run, state.signing, state.signature, state.addenda]).toEqual([null, null, null, []]);
  const run = await served.ask(`${reading()}/runs`, { as: marie, method: "POST", body: { version: 3 } });
  expect(problem.parse(await run.json())).toMatchObject({ status: 409, code: "reading-stale" });
});

describe("measurements on a study without a protocol", () => {
  const measurement = {
    ...{ id: "m1", kind: "length", pictureId: "1.2.3/1", seriesInstanceUid: "1.2" },
    points: [
      [1, 2],
      [3, 4],
    ],
  };
  let path = "";
  const save = (document: object, headers: Readonly<Record<string, string>>) =>
    served.ask(`${path}/document`, { as: marie, method: "PUT", body: { ...empty, ...document }, headers });
  const statusNow = async () => {
    const uid = path.split("/")[1];
    const answer = await served.ask("reading-list", { as: marie, method: "POST", body: { studies: [uid] } });
    return listSchema.parse(await answer.json()).studies[0]?.status;
  };

  beforeAll(async () => {
    path = `studies/${await served.storePhantom({ columns: 32, rows: 32, seed: 3 })}/readings/study/measurements`;
  });

  test("are kept as every reading is: version by version, nothing written over unseen", async () => {
    const first = await save({ measurements: [measurement] }, { "if-none-match": "*" });
    expect([first.status, first.headers.get("etag")]).toEqual([201, '"1"']);
    const stale = await save({ measurements: [] }, { "if-none-match": "*" });
    expect(problem.parse(await stale.json())).toMatchObject({ status: 412, code: "reading-stale" });
    const read = versionSchema.parse(await (await served.ask(`${path}/document`, { as: paul })).json());
    expect([read.version, read.document.measurements]).toEqual([1, [measurement]]);
    expect(await (await served.ask(path, { as: marie })).json()).toMatchObject({
      ...{ protocol: "study/measurements", protocolVersion: null, status: "reading", run: null },
    });
  });

  test("hold nothing that only a protocol makes use of", async () => {
    for (const part of [{ parameters: { "minimum-area": 1 } }, { sections: { en: { findings: "x" } } }]) {
      const answer = await save(part, { "if-match": '"1"' });
      expect(problem.parse(await answer.json())).toMatchObject({ status: 400, code: "unknown-name" });
    }
  });

  test("are neither run, given, reported nor signed", async () => {
    const post = (rest: string, body: object) =>
      served.ask(`${path}/${rest}`, { as: marie, method: "POST", body: { version: 1, ...body } });
    expect(problem.parse(await (await post("runs", {})).json())).toMatchObject({ status: 400, code: "unknown-name" });
    expect(problem.parse(await (await post("preliminary", {})).json()).code).toBe("reading-not-run");
    const signed = await post("signatures", { digest: "0".repeat(64) });
    expect(problem.parse(await signed.json()).code).toBe("unknown-name");
    const report = await served.ask(`${path}/report.pdf`, { as: marie });
    expect(problem.parse(await report.json()).code).toBe("reading-not-run");
  });

  test("begin the reading of a study, and do not hold back how far its readings by protocols are", async () => {
    expect(await statusNow()).toBe("reading");
    await served.ask(`${path.replace("study/measurements", "coronary/calcium-score")}/document`, {
      ...{ as: marie, method: "PUT", body: empty, headers: { "if-none-match": "*" } },
    });
    // What setPreliminary and a signature leave behind.
    const { kysely } = served.database;
    const calcium = kysely.updateTable("reading").where("protocol", "=", "coronary/calcium-score");
    for (const status of ["preliminary", "signed"] as const) {
      await calcium.set({ status }).execute();
      expect(await statusNow()).toBe(status);
    }
  });
});
