import { z } from "zod";

/** What OpenAPI shows of an operation of the project's own API; its handler checks by the same schemas. */
export interface OperationWords {
  readonly tag:
    | "Accounts"
    | "Analyses"
    | "Readings"
    | "Archive"
    | "Results"
    | "Audit"
    | "Shares"
    | "Exports"
    | "Patients";
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** By status. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>;
}

/** The OpenAPI description of an operation, from the schemas that its handler checks by. */
export function apiOperation({ tag, summary, description, params, query, body, answers }: OperationWords): object {
  return {
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(params === undefined ? {} : { params: jsonSchema(params, "input") }),
    ...(query === undefined ? {} : { querystring: jsonSchema(query, "input") }),
    ...(body === undefined ? {} : { body: jsonSchema(body, "input") }),
    response: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [
        status,
        {
          ...(answer.schema === undefined ? { type: "string" } : jsonSchema(answer.schema, "output")),
          description: answer.description,
        },
      ]),
    ),
  };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  return z.toJSONSchema(schema, { target: "openapi-3.0", io, unrepresentable: "any" });
}
