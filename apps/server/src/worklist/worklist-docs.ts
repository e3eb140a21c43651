import { z } from "zod";
import { itemSchema } from "./item-schema.ts";
import { listQuerySchema } from "./list-query.ts";
import { worklistStates } from "./worklist-item.ts";

/** What a change of state is. */
export const stateChangeSchema = z.strictObject({ state: z.enum(worklistStates) });

const tags = ["Worklist"];
const openApi = (schema: z.ZodType): object => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" });
  return rest;
};

const item = {
  description: "The item",
  type: "object",
  properties: {
    id: { type: "integer" },
    state: { type: "string", enum: [...worklistStates] },
    createdAt: { type: "string", format: "date-time" },
    changedAt: { type: "string", format: "date-time" },
    attributes: { type: "object", description: "By PS3.6 keyword, as given to POST", additionalProperties: true },
  },
};
const problem = (description: string): object => ({ type: "object", description, additionalProperties: true });
const params = { type: "object", properties: { id: { type: "integer", description: "Id of the item" } } };
const common = { 400: problem("The request is malformed; the problem names the attribute") };
const named = { ...common, 404: problem("No such item") };

/** What OpenAPI shows of the routes. */
export const worklistDocs = {
  post: {
    tags,
    summary: "Create or replace an item",
    description:
      "One scheduled procedure step, by PS3.6 keywords (PS3.4 table K.6-1). An item of the same AccessionNumber and ScheduledProcedureStepID is replaced. StudyInstanceUID is made where it is not given, the same for all steps of a requested procedure, and stays. RequestedProcedureID is the accession number where it is not given. An item that had ended is scheduled anew.",
    body: openApi(itemSchema),
    response: { 200: { ...item, description: "Replaced" }, 201: { ...item, description: "Created" }, ...common },
  },
  list: {
    tags,
    summary: "List items",
    description: "The first to begin first; X-Total-Count says how many match in all.",
    querystring: openApi(listQuerySchema),
    response: { 200: { type: "array", items: item, description: "The items" }, ...common },
  },
  get: { tags, summary: "One item", params, response: { 200: item, ...named } },
  patch: {
    tags,
    summary: "Change the state",
    description:
      "Modalities are told of items that are scheduled, arrived, ready or started, until they are completed, discontinued, cancelled or removed: neither images that arrive nor the date end one.",
    params,
    body: openApi(stateChangeSchema),
    response: { 200: item, ...named },
  },
  remove: {
    tags,
    summary: "Remove an item",
    params,
    response: { 204: { type: "null", description: "Removed" }, ...named },
  },
};
