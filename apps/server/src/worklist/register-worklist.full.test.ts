import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { registerApiDocs } from "../dicomweb/register-api-docs.ts";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { registerWorklist } from "./register-worklist.ts";
import { exampleItems, smallItem } from "./testing/example-items.ts";

describe("the worklist's API", () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let log = "";

  beforeAll(async () => {
    database = await startTestDatabase();
    const stream = {
      write: (line: string) => {
        log += line;
      },
    };
    app = Fastify({ logger: { level: "info", stream } });
    await registerApiDocs(app, "");
    const scopeOf = () => ({ siteId: database.siteId, actor: "test", purpose: "worklist" });
    await app.register(async (api) => registerWorklist(api, { database: database.kysely, scopeOf }), {
      prefix: "/api/worklist",
    });
  });
  afterAll(async () => {
    await app?.close();
    await database?.stop();
  });
  afterEach(async () => {
    await database.kysely.deleteFrom("worklist_item").execute();
  });

  async function call(method: "GET" | "POST" | "PATCH" | "DELETE", path = "", payload?: object) {
    const url = `/api/worklist${path}`;
    const { statusCode, headers, body } = await app.inject({ method, url, ...(payload && { payload }) });
    return { statusCode, headers, json: body === "" ? undefined : JSON.parse(body) };
  }

  const fill = async (): Promise<void> => {
    for (const item of exampleItems) expect((await call("POST", "", item)).statusCode).toBe(201);
  };

  it("creates an item, gives it back as it was given, and completes it", async () => {
    const [first] = exampleItems;
    const { statusCode, headers, json } = await call("POST", "", first);
    expect(statusCode).toBe(201);
    expect(headers["location"]).toBe(`/api/worklist/${json.id}`);
    expect(json).toMatchObject({ state: "scheduled", createdAt: json.changedAt });
    const { ScheduledProcedureStepSequence: steps, ...others } = first ?? {};
    expect(json.attributes).toEqual({ ...others, ScheduledProcedureStepSequence: [expect.anything()] });
    expect(json.attributes.ScheduledProcedureStepSequence).toMatchObject(Array.isArray(steps) ? steps : []);
    expect(json.attributes.ScheduledProcedureStepSequence[0].ScheduledProcedureStepStatus).toBe("SCHEDULED");
    expect((await call("GET", `/${json.id}`)).json).toEqual(json);
  });

  it("replaces the item of the same accession number and step, which keeps its UID, id and state", async () => {
    const { json: before } = await call("POST", "", smallItem());
    expect(before.attributes.StudyInstanceUID).toMatch(/^2\.25\.[1-9]\d{20,38}$/);
    expect(before.attributes.RequestedProcedureID).toBe("A1");
    await call("PATCH", `/${before.id}`, { state: "arrived" });
    const after = await call("POST", "", smallItem({ Modality: "MR" }));
    expect(after.statusCode).toBe(200);
    expect(after.json).toMatchObject({ id: before.id, state: "arrived" });
    expect(after.json.attributes.StudyInstanceUID).toBe(before.attributes.StudyInstanceUID);
    expect(after.json.attributes.ScheduledProcedureStepSequence[0].Modality).toBe("MR");
    // A second step of the same requested procedure is of the same study, another procedure of another one.
    const other = await call("POST", "", smallItem({ ScheduledProcedureStepID: "S2" }));
    expect(other.json.attributes.StudyInstanceUID).toBe(before.attributes.StudyInstanceUID);
    const third = await call("POST", "", smallItem({ ScheduledProcedureStepID: "S3" }, { RequestedProcedureID: "B" }));
    expect(third.json.attributes.StudyInstanceUID).not.toBe(before.attributes.StudyInstanceUID);
  });

  it("steps of one procedure that come at once get one UID", async () => {
    const steps = Array.from({ length: 12 }, (_, at) => smallItem({ ScheduledProcedureStepID: `S${at}` }));
    const answers = await Promise.all(steps.map((item) => call("POST", "", item)));
    expect(new Set(answers.map(({ json }) => json.attributes.StudyInstanceUID)).size).toBe(1);
  });

  it("lists by each filter, the first to begin first, page by page with the total", async () => {
    await fill();
    const list = async (query: string) => {
      const { json, headers } = await call("GET", `?${query}`);
      const steps = json.map(({ attributes }: { readonly attributes: { readonly AccessionNumber: string } }) =>
        attributes.AccessionNumber.slice(-1),
      );
      return `${steps.join("")} of ${headers["x-total-count"]}`;
    };
    expect(await list("")).toBe("1234 of 4");
    expect(await list("date=20260706-20260707")).toBe("23 of 2");
    expect(await list("date=20260705-20260707&time=1000-1800")).toBe("2 of 1");
    expect(await list("modality=MR")).toBe("24 of 2");
    expect(await list("aeTitle=CT2")).toBe("3 of 1");
    expect(await list("patientId=P-001")).toBe("14 of 2");
    expect(await list("patientName=lefevre*")).toBe("14 of 2");
    expect(await list("accessionNumber=A1003")).toBe("3 of 1");
    expect(await list("studyInstanceUid=1.2.826.0.1.3680043.8.498.7.2")).toBe("2 of 1");
    expect(await list("limit=2&offset=1")).toBe("23 of 4");
    expect(await list("state=completed")).toBe(" of 0");
    const { json } = await call("GET", "?accessionNumber=A1003");
    expect((await call("PATCH", `/${json[0].id}`, { state: "completed" })).json.state).toBe("completed");
    expect(await list("state=completed")).toBe("3 of 1");
    expect((await call("DELETE", `/${json[0].id}`)).statusCode).toBe(204);
    expect((await call("GET", `/${json[0].id}`)).statusCode).toBe(404);
    expect(await list("")).toBe("124 of 3");
  });

  it.each([
    ["not JSON of an item", [], "body"],
    ["an attribute that is none", smallItem({}, { PatientNam: "x" }), "PatientNam"],
    ["an attribute of something else", smallItem({}, { PixelData: "x" }), "PixelData"],
    ["no patient", smallItem({}, { PatientID: "" }), "PatientID"],
    ["blanks for a name", smallItem({}, { PatientName: " " }), "PatientName"],
    ["a step too many", { ...smallItem(), ScheduledProcedureStepSequence: [{}, {}] }, "ScheduledProcedureStepSequence"],
    [
      "a date that is none",
      smallItem({ ScheduledProcedureStepStartDate: "2026-07-05" }),
      "ScheduledProcedureStepStartDate",
    ],
    ["a time that is none", smallItem({ ScheduledProcedureStepStartTime: "2530" }), "ScheduledProcedureStepStartTime"],
    ["a UID that is none", smallItem({}, { StudyInstanceUID: "1.2.../etc" }), "StudyInstanceUID"],
    ["an accession number of 17", smallItem({}, { AccessionNumber: "12345678901234567" }), "AccessionNumber"],
    ["a backslash", smallItem({}, { PatientID: "A\\B" }), "PatientID"],
    ["a control character", smallItem({}, { PatientName: "A\u0000" }), "PatientName"],
    ["a number for text", smallItem({}, { Allergies: 3 }), "Allergies"],
    ["a value inside a code", smallItem({}, { RequestedProcedureCodeSequence: [{ CodeValue: 7 }] }), "CodeValue"],
  ])("refuses %s, by the name of the attribute", async (_what, item, field) => {
    const { statusCode, headers, json } = await call("POST", "", item);
    expect(statusCode).toBe(400);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(json).toMatchObject({ status: 400, code: "request-malformed" });
    expect(json.detail).toContain(field);
  });

  it("refuses what cannot be asked, and says what is not there", async () => {
    for (const query of [
      "?date=tomorrow",
      "?limit=0x10",
      "?limit=5000",
      "?state=gone",
      "?surprise=1",
      "?date=1&date=2",
    ]) {
      expect((await call("GET", query)).statusCode, query).toBe(400);
    }
    const { json } = await call("POST", "", smallItem());
    expect((await call("PATCH", `/${json.id}`, { state: "lost" })).statusCode).toBe(400);
    for (const id of ["0", "-1", "x", "9999999999", "1e3", "%00", String(json.id + 1)]) {
      for (const method of ["GET", "DELETE"] as const) {
        expect(await call(method, `/${id}`), id).toMatchObject({
          statusCode: 404,
          json: { code: "worklist-item-not-found" },
        });
      }
      expect((await call("PATCH", `/${id}`, { state: "ready" })).statusCode, id).toBe(404);
    }
    const wrong = await app.inject({
      method: "POST",
      url: "/api/worklist",
      body: "{",
      headers: { "content-type": "application/json" },
    });
    expect(wrong.statusCode).toBe(400);
  });

  it("HTML in a name is text, and no name is logged", async () => {
    const { json } = await call("POST", "", smallItem({}, { PatientName: "<script>alert(1)</script>" }));
    const { headers, body } = await app.inject({ method: "GET", url: `/api/worklist/${json.id}` });
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(headers["content-type"]).toContain("application/json");
    expect(JSON.parse(body).attributes.PatientName).toBe("<script>alert(1)</script>");
    expect(log).not.toMatch(/script|Lef|Doe/);
  });

  it("is in the OpenAPI description", async () => {
    const { paths } = JSON.parse((await app.inject({ method: "GET", url: "/docs/json" })).body);
    expect(Object.keys(paths["/api/worklist"])).toEqual(["post", "get"]);
    expect(Object.keys(paths["/api/worklist/{id}"])).toEqual(["get", "patch", "delete"]);
    const { schema } = paths["/api/worklist"].post.requestBody.content["application/json"];
    expect(Object.keys(schema.properties)).toContain("PatientName");
    expect(schema.required).toEqual(["ScheduledProcedureStepSequence", "PatientName", "PatientID"]);
  });
});
