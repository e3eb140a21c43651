import { EtalonError } from "@etalon/base";
import { transcodeExplicit } from "@etalon/dicom";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { StoredInstance } from "../../archive/archive.ts";
import { archiveSource } from "../../archive/archive-source.ts";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { answerBytes, answerKnown } from "../answer/answer-bytes.ts";
import type { ByteRange } from "../answer/byte-range.ts";
import { entityTag, isNamedBy } from "../answer/entity-tag.ts";
import { startReading } from "../answer/start-reading.ts";
import { type MediaRange, parseAccept } from "../media/parse-accept.ts";
import { multipartSize, type OutgoingPart, writeMultipart } from "../multipart/write-multipart.ts";
import { resourceUrl } from "../resource-url.ts";
import { queryText } from "../selector-of.ts";
import { foundInstances } from "./found-instances.ts";
import { bestForm, explicitLittleEndian, type InstanceForm, instanceForm } from "./instance-form.ts";
import type { WadoContext } from "./wado-context.ts";

/** An instance and the form it is given in. */
interface FormedInstance extends AskedInstance {
  readonly form: InstanceForm;
}

/** What is answered: one instance alone, or parts of those that have an acceptable form. */
type Choice =
  | { readonly packaging: "single"; readonly form: InstanceForm }
  | { readonly packaging: "multipart"; readonly forms: readonly (InstanceForm | undefined)[] };

/** Retrieves the instances of a study, a series, or one (PS3.18 section 10.4.1.1.1). */
export async function retrieveInstances(
  context: WadoContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const ranges = parseAccept(request.headers.accept, queryText(request.query, "accept"));
  const { scope, instances } = await foundInstances(context, request);
  const choice = choose(instances, ranges);
  if (choice.packaging === "single") {
    const [instance] = instances;
    return answerSingle(context, { request, reply }, { scope, instance, form: choice.form });
  }
  const formed = instances.flatMap((instance, index): FormedInstance[] => {
    const form = choice.forms[index];
    return form === undefined ? [] : [{ scope, instance, form }];
  });
  const tag = entityTag(["instances", ...formed.flatMap(({ instance, form }) => [instance.fileSha256, form])]);
  const urlOf = (instance: StoredInstance): string => resourceUrl(context.baseUrl(request), instance);
  const isVerbatim = formed.every(({ form }) => form === "verbatim");
  const size = isVerbatim
    ? multipartSize(
        formed.map((one) => verbatimPart(context, one, urlOf)),
        tag,
      )
    : undefined;
  const missing = instances.length - formed.length;
  return answerBytes(request, reply, {
    contentType: `multipart/related; type="application/dicom"; boundary=${tag}`,
    tag,
    status: missing > 0 ? 206 : 200,
    ...(missing > 0
      ? { headers: { warning: `299 etalon "${missing} instances have no acceptable transfer syntax"` } }
      : {}),
    ...(size === undefined ? {} : { sizeBytes: size }),
    open: () => writeMultipart(outgoingParts(context, formed, urlOf), tag),
  });
}

function choose(instances: readonly StoredInstance[], ranges: readonly MediaRange[]): Choice {
  const isForParts = (range: MediaRange): boolean => range.isMultipart || range.mediaType === "*/*";
  const [only, ...others] = instances;
  for (const range of ranges) {
    if (isForParts(range)) {
      const wanted = ranges.filter(isForParts);
      const forms = instances.map(({ transferSyntaxUid }) => bestForm(transferSyntaxUid, wanted));
      if (forms.some((form) => form !== undefined)) return { packaging: "multipart", forms };
    } else if (only !== undefined && others.length === 0) {
      const form = instanceForm(only.transferSyntaxUid, range);
      if (form !== undefined) return { packaging: "single", form };
    }
  }
  const stored = [...new Set(instances.map(({ transferSyntaxUid }) => transferSyntaxUid))].slice(0, 5).join(", ");
  throw new EtalonError("not-acceptable", {
    field: "Accept",
    details: { expected: `multipart/related; type="application/dicom"; transfer-syntax=* (stored: ${stored})` },
  });
}

async function answerSingle(
  context: WadoContext,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  one: FormedInstance,
): Promise<FastifyReply> {
  const { instance, form } = one;
  if (form !== "verbatim") {
    const tag = entityTag(["instance", instance.fileSha256, form]);
    // What the client has already is not decoded.
    if (isNamedBy(request.headers["if-none-match"], tag)) return answerKnown(reply, tag);
    const { contentType, open } = await transcodedPart(context, one, request.method === "HEAD");
    return answerBytes(request, reply, { contentType, tag, open });
  }
  return answerBytes(request, reply, {
    contentType: typeOf(instance.transferSyntaxUid),
    tag: instance.fileSha256,
    sizeBytes: instance.sizeBytes,
    isRanged: true,
    open: (range) => verbatimBytes(context, one, range),
  });
}

function typeOf(transferSyntaxUid: string): string {
  return `application/dicom; transfer-syntax=${transferSyntaxUid}`;
}

async function* outgoingParts(
  context: WadoContext,
  formed: readonly FormedInstance[],
  urlOf: (instance: StoredInstance) => string,
): AsyncGenerator<OutgoingPart, void, void> {
  for (const one of formed) {
    if (one.form === "verbatim") yield verbatimPart(context, one, urlOf);
    else yield { ...(await transcodedPart(context, one, false)), location: urlOf(one.instance) };
  }
}

function verbatimPart(
  context: WadoContext,
  asked: AskedInstance,
  urlOf: (instance: StoredInstance) => string,
): OutgoingPart {
  const { instance } = asked;
  return {
    contentType: typeOf(instance.transferSyntaxUid),
    location: urlOf(instance),
    sizeBytes: instance.sizeBytes,
    open: () => verbatimBytes(context, asked),
  };
}

async function* verbatimBytes(
  { archive }: WadoContext,
  { scope, instance }: AskedInstance,
  range?: ByteRange,
): AsyncGenerator<Uint8Array, void, void> {
  yield* await archive.open(scope, instance, range);
}

/** Decodes as far as the first frame, which tells whether the rest can be. */
async function transcodedPart(context: WadoContext, one: FormedInstance, isHeaderOnly: boolean): Promise<OutgoingPart> {
  const { archive, pictures } = context;
  const bytes = transcodeExplicit(archiveSource(archive, one), pictures.codecs);
  const contentType = typeOf(explicitLittleEndian);
  if (isHeaderOnly) return { contentType, open: () => bytes };
  try {
    const { first, rest } = await startReading(bytes);
    return {
      contentType,
      open: async function* () {
        yield* first;
        yield* rest;
      },
    };
  } catch (thrown) {
    if (one.form === "explicit" || !(thrown instanceof EtalonError)) throw thrown;
    return { contentType: typeOf(one.instance.transferSyntaxUid), open: () => verbatimBytes(context, one) };
  }
}
