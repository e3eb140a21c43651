import { type ErrorCode, EtalonError } from "@etalon/base";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { isDatabaseAway } from "../database/is-database-away.ts";

/** HTTP status of the codes that a request can meet (PS3.18 section 8.5); all others are 500. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  "request-malformed": 400,
  "malformed-query": 400,
  "uid-malformed": 400,
  "body-malformed": 400,
  "body-truncated": 400,
  "not-dicom": 400,
  "instance-not-found": 404,
  // Parameters, marks and facts of a measurement that is asked for.
  "unknown-name": 400,
  "wrong-type": 400,
  "out-of-range": 400,
  "missing-value": 400,
  "override-without-source": 400,
  "schema-mismatch": 400,
  "unknown-fact": 400,
  "unknown-fact-value": 400,
  "unknown-fact-unit": 400,
  "contradictory-facts": 400,
  "fact-not-kept": 400,
  "troponin-without-assay": 400,
  "not-finite": 400,
  "password-refused": 400,
  "link-used": 400,
  "oidc-refused": 400,
  "not-signed-in": 401,
  "sign-in-refused": 401,
  "not-allowed": 403,
  "password-change-needed": 403,
  "cross-site-request": 403,
  "account-not-found": 404,
  "token-not-found": 404,
  "grant-not-found": 404,
  "study-not-found": 404,
  "share-not-found": 404,
  "share-ended": 410,
  "project-not-found": 404,
  "patient-not-found": 404,
  "name-taken": 409,
  "last-administrator": 409,
  "too-many-attempts": 429,
  "nothing-here": 404,
  "series-not-found": 404,
  "hold-not-found": 404,
  "analysis-not-found": 404,
  "result-not-found": 404,
  // Removed while it was read; where the index still names it, the log's line is the operator's to follow.
  "blob-missing": 404,
  "worklist-item-not-found": 404,
  "not-acceptable": 406,
  "no-pixel-data": 406,
  "dicom-malformed": 406,
  "dicom-too-large": 406,
  "dicom-truncated": 406,
  "codec-failed": 406,
  "memory-exceeded": 406,
  "unsupported-transfer-syntax": 406,
  "unsupported-pixel-format": 406,
  "body-too-slow": 408,
  retained: 409,
  "legal-hold": 409,
  "analysis-ended": 409,
  "reading-not-found": 404,
  "reading-stale": 409,
  "reading-signed": 409,
  "reading-not-signed": 409,
  "reading-not-run": 409,
  "reading-refused": 409,
  "signing-under-way": 409,
  "digest-differs": 409,
  "result-provisional": 409,
  "signer-unknown": 403,
  "precondition-needed": 428,
  "query-too-broad": 413,
  "query-too-slow": 413,
  "body-too-large": 413,
  "unsupported-media-type": 415,
  "range-unsatisfiable": 416,
  "host-not-allowed": 421,
  "store-full": 503,
  "archive-unavailable": 503,
  "server-busy": 503,
  "time-exceeded": 503,
  "oidc-unavailable": 503,
};

/** The HTTP status of an error of the project. */
export function statusOf(error: EtalonError): number {
  return statuses[error.code] ?? 500;
}

/**
 * Answers an error as a problem document (RFC 9457). Logs hold its code alone, and of an error that is none of the project's
 * its stack: messages can hold values of the object, and those can be a patient's name.
 */
export function answerProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const thrown = isDatabaseAway(error)
    ? new EtalonError("archive-unavailable", { field: "the request", received: "database", cause: error })
    : error;
  if (thrown instanceof EtalonError) {
    const status = statusOf(thrown);
    if (status >= 500 || thrown.code === "blob-missing") request.log.error({ code: thrown.code }, "request failed");
    if (status === 503) reply.header("retry-after", "60");
    if (status === 429) reply.header("retry-after", thrown.received);
    return answer(reply, { status, code: thrown.code, detail: status === 500 ? "" : thrown.message });
  }
  const status = "statusCode" in thrown && typeof thrown.statusCode === "number" ? thrown.statusCode : 500;
  if (status < 500) return answer(reply, { status, code: "request-malformed", detail: thrown.message });
  request.log.error({ name: thrown.name, stack: framesOf(thrown) }, "request failed");
  return answer(reply, { status: 500, code: "internal", detail: "" });
}

function answer(
  reply: FastifyReply,
  problem: { readonly status: number; readonly code: string; readonly detail: string },
): FastifyReply {
  const { status, code, detail } = problem;
  const body = { title: code, status, code, ...(detail === "" ? {} : { detail }) };
  // What a handler had set for its own answer is not true of this one.
  for (const name of ["content-length", "content-encoding", "etag", "content-range"]) reply.removeHeader(name);
  return reply
    .code(status)
    .type("application/problem+json")
    .send(Buffer.from(JSON.stringify(body)));
}

/** A stack without its first lines, which repeat the message. */
function framesOf(thrown: Error): string {
  return (thrown.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
