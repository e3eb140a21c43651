import { EtalonError } from "@etalon/base";
import { factsSchema } from "@etalon/decide";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { apiOperation } from "../api/api-operation.ts";
import { parseAsked, sha256Schema } from "../api/parse-asked.ts";
import { addAddendum } from "./add-addendum.ts";
import { requireReading } from "./find-reading.ts";
import { writtenSchema } from "./reading-document.ts";
import { keyOf, type ReadingRoutes, readerOf, readingParams, readingPath, signsReadings } from "./reading-routes.ts";
import { type ReadingState, readingState, readingStateSchema } from "./reading-state.ts";
import { signReading } from "./sign-reading.ts";
import { waitForAnalysis } from "./wait-for-analysis.ts";

const signatureBody = z.strictObject({
  version: z.int().positive(),
  /** Of the result that the signer sees. */
  digest: sha256Schema,
  /** Facts that are not kept, for the verdicts of the signed report. */
  facts: factsSchema.nullable().default(null),
});
const addendumBody = z.strictObject({
  text: writtenSchema.trim().min(1, "what is added"),
  language: z.enum(["en", "fr"]),
  /** The newest edition that its writer has seen. */
  edition: z.int().positive(),
});
const notFound = { 404: { description: "The study is not visible, or nobody has begun this reading." } };
const config = { access: signsReadings };

/** Signatures and what is added to them. */
export function registerSignatures(app: FastifyInstance, routes: ReadingRoutes): void {
  const sign = apiOperation({
    tag: "Readings",
    summary: "Sign a reading",
    description:
      "The server computes the result again and signs it where its digest is the one that the page shows. With `Prefer: wait=60` it answers when that is over (RFC 7240).",
    params: readingParams,
    body: signatureBody,
    answers: {
      201: { description: "It is signed.", schema: readingStateSchema },
      202: { description: "Its numbers are computed again.", schema: readingStateSchema },
      403: { description: "The role may not sign, or nobody has an account." },
      409: { description: "The digests differ, marks are missing, the version is not the newest, or it is signed." },
      ...notFound,
    },
  });
  app.post(`${readingPath}/signatures`, { config, schema: sign }, async (request, reply) => {
    const { version, digest, facts } = parseAsked(signatureBody, request.body);
    const key = keyOf(request);
    const analysisId = await signReading(routes, readerOf(routes, request), { key, version, digest, facts });
    await waitForAnalysis(routes, analysisId, secondsToWait(request) * 1000);
    return answerSigning(reply, await stateNow(routes, request));
  });
  const add = apiOperation({
    tag: "Readings",
    summary: "Add to a signed report",
    description: "All documents are made again with what was added; what was signed before stays as it is.",
    params: readingParams,
    body: addendumBody,
    answers: {
      201: { description: "It is added.", schema: readingStateSchema },
      409: { description: "It is not signed, or somebody else added something meanwhile." },
      ...notFound,
    },
  });
  app.post(`${readingPath}/addenda`, { config, schema: add }, async (request, reply) => {
    const asked = parseAsked(addendumBody, request.body);
    await addAddendum(routes, readerOf(routes, request), { key: keyOf(request), ...asked });
    return reply.code(201).send(await stateNow(routes, request));
  });
}

async function stateNow(routes: ReadingRoutes, request: FastifyRequest): Promise<ReadingState> {
  const key = keyOf(request);
  const reading = await requireReading(routes.database, routes.scopeOf(request), key);
  return readingState(routes.database, reading, key.studyInstanceUid);
}

/** What a request prefers to wait, 0 to 120 s. */
function secondsToWait({ headers }: FastifyRequest): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,4})/.exec(String(headers.prefer ?? ""))?.[1];
  return Math.min(120, Number(seconds ?? 0));
}

/** Codes that say what is wrong with what was asked; all others are the method's own no. */
const ownCodes = ["digest-differs", "result-provisional", "reading-signed"] as const;

function answerSigning(reply: FastifyReply, state: ReadingState): FastifyReply {
  const { signing, protocol } = state;
  if (signing === null || signing.state === "checking") return reply.code(202).send(state);
  if (signing.state === "done") return reply.code(201).send(state);
  const code = ownCodes.find((known) => known === signing.errorCode) ?? "reading-refused";
  const error = new EtalonError(code, { field: protocol, received: signing.errorCode ?? signing.state });
  const problem = {
    ...{ title: code, status: 409, code, detail: error.message, errorCode: signing.errorCode },
    ...(code === "digest-differs" ? { sentDigest: signing.digest, computedDigest: signing.computedDigest } : {}),
    signing,
  };
  return reply
    .code(409)
    .type("application/problem+json")
    .send(Buffer.from(JSON.stringify(problem)));
}
