import { EtalonError } from "@etalon/base";
import { parseMediaType, splitOutsideQuotes } from "./parse-media-type.ts";

/** One media range that a client takes (PS3.18 section 8.7.5, RFC 9110 section 12.5.1). */
export interface MediaRange {
  /** Whether it is `multipart/related`; the media type is then that of the parts. */
  readonly isMultipart: boolean;
  /** Lower case, "*" for any: "application/dicom", "image/*", "*\/*". */
  readonly mediaType: string;
  /** The transfer-syntax parameter: a UID or "*"; absent where it was not said. */
  readonly transferSyntaxUid?: string;
  /** 0 < quality ≤ 1. */
  readonly quality: number;
}

const anything: MediaRange = { isMultipart: false, mediaType: "*/*", quality: 1 };
const longestAccept = 16 * 1024;

/**
 * The media ranges of a request, best first: by quality, then specific ones before wildcards, then as written. The query
 * parameter `accept` (PS3.18 section 8.3.3.1) takes the place of the header, since links cannot set one. Ranges of quality
 * 0 are left out. Nothing said is everything accepted.
 *
 * @throws EtalonError `request-malformed`
 */
export function parseAccept(header: string | undefined, queryParameter?: string): readonly MediaRange[] {
  const text = queryParameter ?? header ?? "";
  if (text.length > longestAccept) {
    throw new EtalonError("request-malformed", {
      field: "Accept",
      received: `${text.length} characters`,
      details: { expected: `at most ${longestAccept} characters` },
    });
  }
  if (text.trim() === "") return [anything];
  const ranges = splitOutsideQuotes(text, ",")
    .filter((piece) => piece.trim() !== "")
    .map(parseRange)
    .filter(({ quality }) => quality > 0);
  return ranges.sort((a, b) => b.quality - a.quality || wildcards(a) - wildcards(b));
}

function parseRange(text: string): MediaRange {
  const { name, parameters } = parseMediaType(text, "Accept");
  const isMultipart = name === "multipart/related" || name === "multipart/*";
  const transferSyntaxUid = parameters.get("transfer-syntax");
  return {
    isMultipart,
    mediaType: isMultipart ? (parameters.get("type")?.toLowerCase() ?? "*/*") : name,
    ...(transferSyntaxUid === undefined ? {} : { transferSyntaxUid }),
    quality: quality(parameters.get("q")),
  };
}

function quality(text: string | undefined): number {
  if (text === undefined) return 1;
  if (!/^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text)) {
    throw new EtalonError("request-malformed", {
      field: "Accept",
      received: `q=${text.slice(0, 20)}`,
      details: { expected: "a quality from 0 to 1" },
    });
  }
  return Number(text);
}

function wildcards({ mediaType }: MediaRange): number {
  if (mediaType === "*/*") return 2;
  return mediaType.endsWith("/*") ? 1 : 0;
}

/** Whether a range takes a media type: "image/*" takes "image/jpeg". */
export function takes(range: MediaRange, mediaType: string): boolean {
  if (range.mediaType === "*/*" || range.mediaType === mediaType) return true;
  return range.mediaType.endsWith("/*") && mediaType.startsWith(range.mediaType.slice(0, -1));
}
