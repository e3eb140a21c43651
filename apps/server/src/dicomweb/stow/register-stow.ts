import { EtalonError } from "@etalon/base";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type DicomwebOptions, stowLimits } from "../dicomweb-options.ts";
import { jsonTypeOf } from "../media/json-type-of.ts";
import { statusOf } from "../problem.ts";
import { selectorOf } from "../selector-of.ts";
import { receivedParts } from "./received-parts.ts";
import { storeParts } from "./store-parts.ts";
import { storeResponse, storeStatus } from "./store-response.ts";
import { stowSchema } from "./stow-schema.ts";
import { withIdleLimit } from "./with-idle-limit.ts";

/** STOW-RS (PS3.18 section 10.5): `POST /studies` and `POST /studies/{study}`. */
export function registerStow(app: FastifyInstance, options: DicomwebOptions): void {
  const store = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    answerStore(options, request, reply);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body goes to the handler as the stream that it is.
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    const config = { access: ["upload"] } as const;
    scope.post("/studies", { config, schema: stowSchema("/studies") }, store);
    scope.post("/studies/:study", { config, schema: stowSchema("/studies/:study") }, store);
  });
}

async function answerStore(
  options: DicomwebOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { archive, limits = stowLimits } = options;
  const contentType = jsonTypeOf(request);
  const study = hasStudy(request) ? selectorOf(request.params, {}).studyInstanceUid : undefined;
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new EtalonError("unsupported-media-type", {
      field: "Content-Encoding",
      received: encoding.slice(0, 50),
      details: { expected: "identity" },
    });
  }
  refuseTooLong(request.headers["content-length"], limits.maxBodyBytes);
  const body = withIdleLimit(request.raw, limits.idleSeconds);
  const parts = receivedParts(body, request.headers["content-type"], limits);
  const { outcomes, stoppedBy } = await storeParts(parts, {
    archive,
    scope: options.scopeOf(request),
    ...(study === undefined ? {} : { studyInstanceUid: study }),
  });

  const stop = stopError(stoppedBy, outcomes.length);
  if (stoppedBy !== undefined && !(stoppedBy instanceof EtalonError)) throw stoppedBy;
  if (stop !== undefined) {
    request.log.warn({ code: stop.code, parts: outcomes.length }, "store ended early");
    if (stop.code === "body-too-slow") reply.header("connection", "close");
    if (statusOf(stop) === 503) reply.header("retry-after", "60");
    // Nothing to say of instances: the answer is the error's own.
    if (outcomes.length === 0) throw stop;
  }
  const versions = outcomes.filter(({ kind }) => kind === "new-version").length;
  if (versions > 0) reply.header("warning", `299 etalon "${versions} kept beside another data set of the same UID"`);
  const response = storeResponse(options.baseUrl(request), {
    outcomes,
    ...(stop === undefined ? {} : { stoppedBy: stop }),
  });
  return reply
    .code(stop === undefined ? storeStatus(outcomes) : statusOf(stop))
    .type(contentType)
    .send(Buffer.from(JSON.stringify(response)));
}

/** By what it says of itself, before its first byte is read. @throws EtalonError `body-too-large` */
function refuseTooLong(contentLength: string | undefined, limit: number): void {
  if (Number(contentLength ?? 0) <= limit) return;
  throw new EtalonError("body-too-large", { field: "the body", received: contentLength ?? "", details: { limit } });
}

function hasStudy({ params }: FastifyRequest): boolean {
  return typeof params === "object" && params !== null && "study" in params;
}

function stopError(stoppedBy: unknown, parts: number): EtalonError | undefined {
  if (stoppedBy instanceof EtalonError) return stoppedBy;
  if (parts > 0 || stoppedBy !== undefined) return undefined;
  return new EtalonError("body-malformed", { field: "the body", received: "no part" });
}
