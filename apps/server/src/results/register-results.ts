import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Kysely } from "kysely";
import { z } from "zod";
import { seesPatients } from "../accounts/route-access.ts";
import { apiOperation } from "../api/api-operation.ts";
import { pageSchema, parseAsked, sha256Schema, textSchema, uidSchema } from "../api/parse-asked.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { findResults, foundResultSchema, readResult } from "./find-results.ts";

/** What the results' routes stand on. */
export interface ResultRoutes {
  readonly database: Kysely<ArchiveDatabase>;
  readonly scopeOf: (request: FastifyRequest) => AccessScope;
}

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const searchSchema = z
  .strictObject({
    protocol: textSchema.optional(),
    /** An output of the whole, such as agatston-score. */
    output: textSchema.optional(),
    min: z.coerce.number().optional(),
    max: z.coerce.number().optional(),
    patientId: textSchema.optional(),
    /** A name, or its beginning with a star: LEFEVRE*. */
    patientName: textSchema.optional(),
    study: uidSchema.optional(),
    series: uidSchema.optional(),
    provisional: flag.optional(),
    /** true: also those that newer ones have taken the place of. */
    superseded: flag.default(false),
    ...pageSchema,
  })
  .refine(({ output, min, max }) => output !== undefined || (min === undefined && max === undefined), {
    path: ["output"],
    message: "the output that min and max are of",
  });

const digestSchema = z.object({ digest: sha256Schema });

/** The results of a site (`/results`): found by their values, given back as they were computed. */
export function registerResults(app: FastifyInstance, { database, scopeOf }: ResultRoutes): void {
  const search = apiOperation({
    tag: "Results",
    summary: "Search results by their values",
    description: "With an output the greatest value first, otherwise the newest result.",
    query: searchSchema,
    answers: {
      200: {
        description: "One page, with the total.",
        schema: z.object({ total: z.number(), results: z.array(foundResultSchema) }),
      },
    },
  });
  app.get("/results", { config: { access: seesPatients }, schema: search }, async (request) => {
    const { study, series, superseded, ...asked } = parseAsked(searchSchema, request.query);
    const uids = { studyInstanceUid: study, seriesInstanceUid: series };
    return findResults(database, scopeOf(request), { ...asked, ...uids, withSuperseded: superseded });
  });
  const one = apiOperation({
    tag: "Results",
    summary: "Read a result as it was computed",
    description: "`etalon.result/1`, which `etalon verify` replays on the images of its recipe.",
    params: digestSchema,
    answers: { 200: { description: "The result." }, 404: { description: "There is no such result." } },
  });
  app.get("/results/:digest", { config: { access: seesPatients }, schema: one }, async (request, reply) => {
    const document = await readResult(database, scopeOf(request), parseAsked(digestSchema, request.params).digest);
    return reply.type("application/json").send(document);
  });
}
