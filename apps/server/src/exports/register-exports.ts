import { EtalonError } from "@etalon/base";
import { confidentialityProfile } from "@etalon/dicom";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import { eventOf } from "../audit/event-of.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { deidentifiedEntries } from "../packaging/deidentified-entries.ts";
import { sendZip } from "../packaging/send-zip.ts";
import { visibleStudyIds } from "../shares/shares.ts";
import type { ExportRoutes } from "./export-routes.ts";
import { readProject } from "./projects.ts";
import { readPseudonymKey } from "./pseudonym-keys.ts";
import { registerProjects } from "./register-projects.ts";

/** Studies of one export, at most. */
const mostStudies = 1000;

const date = z.string().regex(/^\d{8}$/, "a date YYYYMMDD");
const askedSchema = z
  .strictObject({
    project: z
      .number()
      .int()
      .positive()
      .max(2 ** 31 - 1),
    studies: z.array(uidSchema).min(1).max(mostStudies).optional(),
    /** Instead of naming them. Dates are for those who see them anyway: whoever asks often enough learns a date. */
    query: z
      .strictObject({
        modality: z
          .string()
          .regex(/^[A-Z0-9_ ]{1,16}$/, "a code string")
          .optional(),
        from: date.optional(),
        until: date.optional(),
      })
      .optional(),
  })
  .refine(({ studies, query }) => (studies === undefined) !== (query === undefined), {
    path: ["studies"],
    message: "studies or a query",
  });
type Asked = z.output<typeof askedSchema>;

/** Date of the files in the ZIP: when somebody exported says nothing of whom. */
const noDate = new Date("1980-01-01T00:00:00Z");

/** Studies that leave without identity, for a project (`/exports`), and the projects. */
export function registerExports(app: FastifyInstance, routes: ExportRoutes): void {
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  registerProjects(app, routes);
  const schema = apiOperation({
    tag: "Exports",
    summary: "Export studies without identity",
    description:
      "Answers with a ZIP that is made while it is sent: DICOM files by the project's profile, with the pseudonyms of its key, and report.json, what was changed and what was refused.",
    body: askedSchema,
    answers: {
      200: { description: "application/zip" },
      404: { description: "There is no such project, or a study is not here or not for this account." },
      400: { description: "The query finds too many studies." },
    },
  });
  const access = ["view-studies", "export-deidentified"] as const;
  app.post("/exports", { config: { access }, schema }, async (request, reply) => {
    const asked = parseAsked(askedSchema, request.body);
    const { database, archive, codecs, inTurn, scopeOf } = routes;
    const scope = scopeOf(request);
    const isByDate = asked.query?.from !== undefined || asked.query?.until !== undefined;
    if (isByDate && !routes.access.may(request, "view-identity")) {
      throw new EtalonError("not-allowed", { field: "view-identity" });
    }
    const project = await readProject(database, { siteId: scope.siteId, id: asked.project });
    const studyInstanceUids = await askedStudies(routes, scope, asked);
    const key = await readPseudonymKey(database, project.keyId);
    const how = { profile: confidentialityProfile("basic", project.options), key, codecs, inTurn };
    await noteExport(routes, scope, { projectId: project.id, studyInstanceUids });
    const entries = deidentifiedEntries(archive, { scope, studyInstanceUids, how }, ({ written }) =>
      noteEnd(routes, request, { projectId: project.id, written }),
    );
    return sendZip(reply, entries, { fileName: `etalon-project-${project.id}.zip`, modified: noDate });
  });
}

/** @throws {EtalonError} `study-not-found`, `out-of-range` */
async function askedStudies(
  { database }: ExportRoutes,
  scope: AccessScope,
  { studies, query = {} }: Asked,
): Promise<readonly string[]> {
  if (studies !== undefined) {
    await visibleStudyIds(database, scope, studies);
    return [...new Set(studies)];
  }
  const { modality, from, until } = query;
  const rows = await database
    .selectFrom("study")
    .select("study_instance_uid")
    .where(isVisible(scope))
    .$if(modality !== undefined, (found) => found.where(sql<boolean>`${modality} = ANY (modalities)`))
    .$if(from !== undefined, (found) => found.where("study_date", ">=", from ?? ""))
    .$if(until !== undefined, (found) => found.where("study_date", "<=", until ?? ""))
    .orderBy("id")
    .limit(mostStudies + 1)
    .execute();
  if (rows.length > mostStudies) {
    const details = { expected: `≤ ${mostStudies} studies` };
    throw new EtalonError("out-of-range", { field: "query", received: `> ${mostStudies}`, details });
  }
  if (rows.length === 0) throw new EtalonError("study-not-found", { field: "query" });
  return rows.map((row) => row.study_instance_uid);
}

/** Who exported which studies for what, before the first byte leaves. */
async function noteExport(
  { audit, database }: ExportRoutes,
  scope: AccessScope,
  { projectId, studyInstanceUids }: { readonly projectId: number; readonly studyInstanceUids: readonly string[] },
): Promise<void> {
  const said = { action: "export", outcome: "success" } as const;
  const ids = await visibleStudyIds(database, scope, studyInstanceUids);
  const project = { kind: "project", id: String(projectId) } as const;
  await Promise.all([
    audit.record(eventOf(scope, { ...said, object: project, count: ids.length })),
    ...ids.map((id) => audit.record(eventOf(scope, { ...said, object: { kind: "study", id: String(id) } }))),
  ]);
}

/** That all of it left, and how many files. */
function noteEnd(
  { audit, scopeOf }: ExportRoutes,
  request: FastifyRequest,
  { projectId, written }: { readonly projectId: number; readonly written: number },
): Promise<void> {
  const object = { kind: "export" as const, id: String(projectId) };
  return audit.record(eventOf(scopeOf(request), { action: "export", outcome: "success", object, count: written }));
}
