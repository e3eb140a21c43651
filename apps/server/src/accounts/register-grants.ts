import { EtalonError } from "@etalon/base";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, rowIdSchema, textSchema, uidSchema } from "../api/parse-asked.ts";
import type { AccountRoutes } from "./account-routes.ts";
import { readAccount } from "./accounts.ts";
import { noteEvent, objectOf } from "./note-event.ts";
import { roles } from "./roles.ts";

const to = { accountId: z.number().int().positive().optional(), role: z.enum(roles).optional() };
const covered = {
  /** One study; it may arrive later. */
  studyInstanceUid: uidSchema.optional(),
  /** All studies of a patient, those to come too. */
  patientId: textSchema.min(1).optional(),
  /** Who gave the patient's ID; with none, only studies that name nobody. */
  issuerOfPatientId: textSchema.min(1).optional(),
  /** true: every study of the site. */
  all: z.literal(true).optional(),
};
const newSchema = z
  .strictObject({ ...to, ...covered, expiresAt: z.iso.datetime().optional() })
  .refine(({ accountId, role }) => (accountId === undefined) !== (role === undefined), {
    path: ["accountId"],
    message: "an account or a role",
  })
  .refine(({ studyInstanceUid, patientId, all }) => [studyInstanceUid, patientId, all].filter(Boolean).length === 1, {
    path: ["studyInstanceUid"],
    message: "a study, a patient or all",
  })
  .refine(({ patientId, issuerOfPatientId }) => issuerOfPatientId === undefined || patientId !== undefined, {
    path: ["patientId"],
    message: "the patient whose issuer it is",
  });
const grantSchema = z.object({
  id: z.number(),
  accountId: z.number().nullable(),
  role: z.enum(roles).nullable(),
  covers: z.enum(["study", "patient", "all"]),
  studyInstanceUid: z.string().nullable(),
  patientId: z.string().nullable(),
  issuerOfPatientId: z.string().nullable(),
  grantedBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
});
const managing = { config: { access: ["manage-accounts"] } } as const;

/** Who may see which studies beyond their role (`/grants`). */
export function registerGrants(app: FastifyInstance, routes: AccountRoutes): void {
  const { place, access } = routes;
  const { database, siteId, clock } = place;
  const list = apiOperation({
    tag: "Accounts",
    summary: "List grants",
    answers: { 200: { description: "The newest first.", schema: z.array(grantSchema) } },
  });
  app.get("/grants", { ...managing, schema: list }, async () => {
    const rows = await database
      .selectFrom("study_grant")
      .selectAll()
      .where("site_id", "=", siteId)
      .orderBy("id", "desc")
      .execute();
    return rows.map(shown);
  });
  const make = apiOperation({
    tag: "Accounts",
    summary: "Grant a study, a patient or all studies to an account or a role",
    body: newSchema,
    answers: {
      201: { description: "The grant.", schema: grantSchema },
      404: { description: "There is no such account." },
    },
  });
  app.post("/grants", { ...managing, schema: make }, async (request, reply) => {
    const asked = parseAsked(newSchema, request.body);
    if (asked.accountId !== undefined) await readAccount(place, asked.accountId);
    const row = await database
      .insertInto("study_grant")
      .values({
        site_id: siteId,
        account_id: asked.accountId ?? null,
        role: asked.role ?? null,
        covers: asked.all === true ? "all" : asked.patientId === undefined ? "study" : "patient",
        study_instance_uid: asked.studyInstanceUid ?? null,
        patient_id: asked.patientId ?? null,
        issuer_of_patient_id: asked.issuerOfPatientId ?? null,
        granted_by: `account:${access.principalOf(request).accountId}`,
        created_at: clock(),
        expires_at: asked.expiresAt === undefined ? null : new Date(asked.expiresAt),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const { accountId } = access.principalOf(request);
    const object = row.account_id === null ? { kind: "account" as const } : objectOf("account", row.account_id);
    await noteEvent(routes, request, { accountId, action: "share", outcome: "success", object });
    return reply.code(201).send(shown(row));
  });
  const end = apiOperation({
    tag: "Accounts",
    summary: "Take a grant back",
    params: rowIdSchema,
    answers: { 204: { description: "Taken back." }, 404: { description: "There is no such grant." } },
  });
  app.delete("/grants/:id", { ...managing, schema: end }, async (request, reply) => {
    const { id } = parseAsked(rowIdSchema, request.params);
    const { numDeletedRows } = await database
      .deleteFrom("study_grant")
      .where("site_id", "=", siteId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new EtalonError("grant-not-found", { field: String(id) });
    const { accountId } = access.principalOf(request);
    await noteEvent(routes, request, { accountId, action: "change", outcome: "success", object: { kind: "account" } });
    return reply.code(204).send();
  });
}

interface GrantRow {
  readonly id: number;
  readonly account_id: number | null;
  readonly role: z.output<typeof grantSchema>["role"];
  readonly covers: z.output<typeof grantSchema>["covers"];
  readonly study_instance_uid: string | null;
  readonly patient_id: string | null;
  readonly issuer_of_patient_id: string | null;
  readonly granted_by: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
}

function shown(row: GrantRow): z.output<typeof grantSchema> {
  return {
    id: row.id,
    accountId: row.account_id,
    role: row.role,
    covers: row.covers,
    studyInstanceUid: row.study_instance_uid,
    patientId: row.patient_id,
    issuerOfPatientId: row.issuer_of_patient_id,
    grantedBy: row.granted_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
