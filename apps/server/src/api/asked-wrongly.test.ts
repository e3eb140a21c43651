import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openMeasuring, type TestMeasuring } from "../jobs/testing/open-measuring.ts";
import { smallPhantom } from "../jobs/testing/small-phantom.ts";

const problemSchema = z.object({ status: z.number(), code: z.string() });

let measuring: TestMeasuring;

beforeAll(async () => {
  measuring = await openMeasuring();
});

afterAll(async () => {
  await measuring.close();
});

async function post(path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${measuring.url}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

const uid = "1.2.3";
test.each([
  ["analyses?state=finished", 400, "request-malformed"],
  ["analyses?limit=0", 400, "request-malformed"],
  ["analyses?study=1.x", 400, "request-malformed"],
  ["analyses?unknown=1", 400, "request-malformed"],
  ["analyses/0", 400, "request-malformed"],
  ["analyses/99", 404, "analysis-not-found"],
  ["analyses/99/events", 404, "analysis-not-found"],
  ["results?min=400", 400, "request-malformed"],
  ["results?output=agatston-score&min=much", 400, "request-malformed"],
  ["results?patientName=%00", 400, "request-malformed"],
  ["results/12", 400, "request-malformed"],
  [`results/${"0".repeat(64)}`, 404, "result-not-found"],
])("%s", async (path, status, code) => {
  const answer = await fetch(`${measuring.url}/${path}`);
  expect(answer.status).toBe(status);
  expect(problemSchema.parse(await answer.json())).toEqual({ status, code });
});

test.each([
  [{}, 400, "request-malformed"],
  [{ protocol: "heart/rate", studyInstanceUid: uid, seriesInstanceUid: uid }, 400, "unknown-name"],
  [{ protocol: "coronary/calcium-score", studyInstanceUid: uid, seriesInstanceUid: uid }, 404, "series-not-found"],
])("POST %j", async (body, status, code) => {
  const answer = await post("analyses", body);
  expect(problemSchema.parse(await answer.json())).toEqual({ status, code });
});

test("a parameter that is none, or out of its range; marks and facts that contradict their schemas", async () => {
  const { seriesInstanceUid, studyInstanceUid } = await measuring.store(smallPhantom({ columns: 32, rows: 32 }));
  const asked = { protocol: "coronary/calcium-score", seriesInstanceUid, studyInstanceUid };
  const unknown = await post("analyses", { ...asked, parameters: { "no-such": 1 } });
  expect(problemSchema.parse(await unknown.json())).toEqual({ status: 400, code: "unknown-name" });
  const beyond = await post("analyses", { ...asked, parameters: { "minimum-area": -1 } });
  expect(problemSchema.parse(await beyond.json())).toEqual({ status: 400, code: "out-of-range" });
  const shape = { kind: "sphere", centerLpsMm: [0, 0, 0], radiusMm: 1 };
  const region = { id: "r1", label: "LAD", shape };
  const marks = { schema: "etalon.marks/1", regions: [region, region] };
  expect(problemSchema.parse(await (await post("analyses", { ...asked, marks })).json()).code).toBe("schema-mismatch");
  const facts = { schema: "etalon.facts/1", facts: [{ id: "shoe-size", value: 42 }] };
  expect(problemSchema.parse(await (await post("analyses", { ...asked, facts })).json()).code).toBe("unknown-fact");
});
