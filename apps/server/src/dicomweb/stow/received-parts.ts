import { EtalonError } from "@etalon/base";
import type { StowLimits } from "../dicomweb-options.ts";
import { parseMediaType } from "../media/parse-media-type.ts";
import { type Part, parseMultipart } from "../multipart/parse-multipart.ts";

const dicom = "application/dicom";
const expected = "multipart/related; type=application/dicom, or application/dicom";

/**
 * The instances of a STOW body: the parts of `multipart/related; type=application/dicom`, or one `application/dicom`.
 * DICOM JSON and XML with bulk data beside it are not taken.
 *
 * @throws EtalonError `unsupported-media-type`, `request-malformed`; iterating throws as {@link parseMultipart} does
 */
export function receivedParts(
  body: AsyncIterable<Uint8Array>,
  contentType: string | undefined,
  limits: StowLimits,
): AsyncIterable<Part> {
  if (contentType === undefined) throw unsupported("none");
  const { name, parameters } = parseMediaType(contentType, "Content-Type");
  if (name === dicom) return onePart(body, limits.maxInstanceBytes);
  if (name !== "multipart/related") throw unsupported(name);
  const type = parameters.get("type")?.toLowerCase() ?? dicom;
  if (type !== dicom) throw unsupported(`${name}; type=${type}`);
  const boundary = parameters.get("boundary") ?? "";
  // RFC 2046 allows 70 characters; some clients write more.
  if (!/^[\x20-\x7e]{1,200}$/.test(boundary)) {
    throw new EtalonError("request-malformed", {
      field: "Content-Type",
      received: boundary === "" ? "no boundary" : "its boundary",
      details: { expected: "a boundary of RFC 2046 section 5.1.1" },
    });
  }
  return parseMultipart(body, boundary, {
    maxPartBytes: limits.maxInstanceBytes,
    maxBodyBytes: limits.maxBodyBytes,
    maxParts: limits.maxInstances,
  });
}

async function* onePart(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Part, void, void> {
  yield { headers: new Map([["content-type", dicom]]), body: limited(body, maxBytes) };
}

async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array, void, void> {
  let received = 0;
  for await (const piece of body) {
    received += piece.length;
    if (received > maxBytes) {
      throw new EtalonError("body-too-large", { field: "the body", received, details: { limit: maxBytes } });
    }
    yield piece;
  }
}

function unsupported(received: string): EtalonError {
  return new EtalonError("unsupported-media-type", {
    field: "Content-Type",
    received: received.slice(0, 100),
    details: { expected },
  });
}
