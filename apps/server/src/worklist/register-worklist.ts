import { EtalonError } from "@etalon/base";
import type { KeywordRecord } from "@etalon/dicom";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { getItem, removeItem, setState } from "./change-items.ts";
import { countItems, findItems } from "./find-items.ts";
import { readListQuery } from "./list-query.ts";
import { malformed, readItem } from "./read-item.ts";
import { recordOfItem } from "./record-of-item.ts";
import { saveItem } from "./save-item.ts";
import { stateChangeSchema, worklistDocs } from "./worklist-docs.ts";
import type { WorklistItem } from "./worklist-item.ts";

/** What the worklist's API stands on. */
export interface WorklistOptions {
  readonly database: Kysely<ArchiveDatabase>;
  /** Who asks. */
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
}

/**
 * The worklist's API on a Fastify scope, which gives the prefix: `{ prefix: "/api/worklist" }`. Items are JSON by PS3.6
 * keyword; errors are problem documents as DICOMweb's.
 */
export function registerWorklist(app: FastifyInstance, { database, scopeOf }: WorklistOptions): void {
  app.setErrorHandler(answerProblem);
  // Schemas are there to be read; what comes in is checked where it is used, with the project's own errors.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.addHook("onSend", async (_request, reply) => {
    // Names are text wherever they stand: no browser may take an answer for a page.
    reply.header("x-content-type-options", "nosniff").header("cache-control", "no-store");
  });

  app.post("", { config: { access: ["edit-worklist"] }, schema: worklistDocs.post }, async (request, reply) => {
    const attributes = readItem(request.body);
    const { item, isNew } = await database
      .transaction()
      .execute((transaction) => saveItem(transaction, scopeOf(request), { attributes }));
    if (isNew) reply.code(201).header("location", `${request.url.replace(/\?.*$/, "").replace(/\/$/, "")}/${item.id}`);
    return answerOf(item);
  });

  app.get("", { config: { access: ["view-worklist"] }, schema: worklistDocs.list }, async (request, reply) => {
    const query = readListQuery(request.query);
    const scope = scopeOf(request);
    const items = await findItems(database, scope, query);
    return reply.header("x-total-count", await countItems(database, scope, query)).send(items.map(answerOf));
  });

  app.get("/:id", { config: { access: ["view-worklist"] }, schema: worklistDocs.get }, async (request) => {
    const item = await getItem(database, scopeOf(request), idOf(request));
    if (item === undefined) throw notFound();
    return answerOf(item);
  });

  app.patch("/:id", { config: { access: ["edit-worklist"] }, schema: worklistDocs.patch }, async (request) => {
    const result = stateChangeSchema.safeParse(request.body);
    if (!result.success) throw malformed(result.error, request.body);
    const [item] = await setState(database, scopeOf(request), { ids: [idOf(request)], state: result.data.state });
    if (item === undefined) throw notFound();
    return answerOf(item);
  });

  app.delete("/:id", { config: { access: ["edit-worklist"] }, schema: worklistDocs.remove }, async (request, reply) => {
    if (!(await removeItem(database, scopeOf(request), idOf(request)))) throw notFound();
    return reply.code(204).send();
  });
}

/** An item as the API gives it. */
interface ItemAnswer {
  readonly id: number;
  readonly state: string;
  readonly createdAt: string;
  readonly changedAt: string;
  /** As it was given, completed by what the archive supplied. */
  readonly attributes: KeywordRecord;
}

function answerOf({ id, state, createdAt, changedAt, attributes }: WorklistItem): ItemAnswer {
  return {
    id,
    state,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    attributes: recordOfItem(attributes),
  };
}

/** PostgreSQL's integer: what is none of them names nothing. */
const largestId = 2 ** 31 - 1;

/** @throws EtalonError `instance-not-found` where it can be no item's */
function idOf({ params }: FastifyRequest): number {
  const text = typeof params === "object" && params !== null && "id" in params ? String(params.id) : "";
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > largestId) throw notFound();
  return id;
}

function notFound(): EtalonError {
  return new EtalonError("worklist-item-not-found", { field: "the item" });
}
