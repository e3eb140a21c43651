import { EtalonError } from "@etalon/base";
import type { FastifyInstance } from "fastify";
import { type SqlBool, sql } from "kysely";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, textSchema } from "../api/parse-asked.ts";
import { eventOf } from "../audit/event-of.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { sendZip } from "../packaging/send-zip.ts";
import { erasePatient, erasureReasons } from "./erase-patient.ts";
import { patientEntries } from "./patient-entries.ts";
import type { PatientRoutes } from "./patient-routes.ts";
import { removeFilesLeft } from "./remove-files-left.ts";

const keySchema = {
  patientId: textSchema.min(1),
  /** Who gave the ID; with none, only what names nobody. */
  issuerOfPatientId: textSchema.min(1).optional(),
};
const exportSchema = z.strictObject(keySchema);
const erasureSchema = z.strictObject({
  ...keySchema,
  reason: z.enum(erasureReasons),
  /** Number of the request's file, kept with the trace: no name. */
  reference: z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,64}$/, "letters, digits, . _ / -")
    .optional(),
});
const countsSchema = z.record(z.string(), z.number());
const doneSchema = z.object({ id: z.number(), counts: countsSchema });
const traceSchema = z.object({
  id: z.number(),
  erasedBy: z.string(),
  reason: z.string(),
  reference: z.string().nullable(),
  /** Row ids, as the audit log names the studies. */
  studies: z.array(z.number()),
  counts: countsSchema,
  begunAt: z.string(),
  /** null where it was cut off: ask for it again. */
  endedAt: z.string().nullable(),
});
/** How often files are looked for that a backup kept an erasure from removing. */
const lookEveryMs = 60 * 60_000;

const config = { access: ["patient-rights"] } as const;

/** What the law gives a patient (`/patients/export`, `/patients/erasure`): a copy of everything, and its erasure with a trace. */
export function registerPatients(app: FastifyInstance, routes: PatientRoutes): void {
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  const { audit, clock, database, scopeOf } = routes;
  finishErasures(app, routes);
  const copy = apiOperation({
    tag: "Patients",
    summary: "Everything of one patient, as one ZIP",
    description:
      "Files as they were received with a DICOMDIR, earlier versions, results, reports as PDF, worklist items, and who looked when.",
    body: exportSchema,
    answers: { 200: { description: "application/zip" }, 404: { description: "There is no such patient." } },
  });
  app.post("/patients/export", { config, schema: copy }, async (request, reply) => {
    const scope = scopeOf(request);
    const { found, entries } = await patientEntries(routes, scope, parseAsked(exportSchema, request.body));
    const said = { action: "export", outcome: "success" } as const;
    for (const { id } of found.studies) {
      await audit.record(eventOf(scope, { ...said, object: { kind: "study", id: String(id) } }));
    }
    await audit.record(eventOf(scope, { ...said, object: { kind: "export" }, count: found.studies.length }));
    return sendZip(reply, entries, { fileName: "etalon-patient.zip", modified: clock() });
  });
  const erase = apiOperation({
    tag: "Patients",
    summary: "Erase a patient, with a trace that names nobody",
    description:
      "Refused as a whole where one study must still be kept. Backups keep what they have until they are removed.",
    body: erasureSchema,
    answers: {
      200: { description: "How much went.", schema: doneSchema },
      404: { description: "There is no such patient." },
      409: { description: "A study must still be kept." },
    },
  });
  app.post("/patients/erasure", { config, schema: erase }, async (request) => {
    const scope = scopeOf(request);
    const asked = parseAsked(erasureSchema, request.body);
    try {
      return await erasePatient(routes, scope, asked);
    } catch (thrown) {
      if (thrown instanceof EtalonError && thrown.code === "retained") {
        const said = { action: "remove", outcome: "refused", error: thrown.code } as const;
        await audit.record(eventOf(scope, { ...said, object: { kind: "erasure" } }));
      }
      throw thrown;
    }
  });
  const list = apiOperation({
    tag: "Patients",
    summary: "List erasures",
    answers: { 200: { description: "The newest first.", schema: z.array(traceSchema) } },
  });
  app.get("/patients/erasures", { config, schema: list }, async (request) => {
    const rows = await database
      .selectFrom("erasure")
      .selectAll()
      .where("site_id", "=", scopeOf(request).siteId)
      .orderBy("id", "desc")
      .execute();
    return rows.map((row) => ({
      id: row.id,
      erasedBy: row.erased_by,
      reason: row.reason,
      reference: row.reference,
      studies: row.study_ids,
      counts: row.counts,
      begunAt: row.begun_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    }));
  });
}

/** Removes what erasures left, from time to time: also those that were cut off. */
function finishErasures(app: FastifyInstance, routes: PatientRoutes): void {
  const { log } = app;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    const rows = await routes.database
      .selectFrom("erasure")
      .select("id")
      .where(sql<SqlBool>`files_left <> '{}'`)
      .execute();
    for (const { id } of rows) await removeFilesLeft(routes, id);
  };
  const timer = setInterval(() => {
    running = look().catch((err: unknown) => log.warn({ err }, "files of an erasure stay for now"));
  }, lookEveryMs);
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await running;
  });
}
