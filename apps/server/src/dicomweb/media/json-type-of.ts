import { EtalonError } from "@etalon/base";
import type { FastifyRequest } from "fastify";
import { queryText } from "../selector-of.ts";
import { parseAccept, takes } from "./parse-accept.ts";

/** DICOM JSON, under its own name and under the one of all JSON. */
const jsonTypes = ["application/dicom+json", "application/json"] as const;

/**
 * The JSON media type that a client takes.
 *
 * @throws EtalonError `not-acceptable` where it takes none, as of those who only take DICOM XML; `request-malformed`
 */
export function jsonTypeOf(request: FastifyRequest): (typeof jsonTypes)[number] {
  for (const range of parseAccept(request.headers.accept, queryText(request.query, "accept"))) {
    const type = range.isMultipart ? undefined : jsonTypes.find((name) => takes(range, name));
    if (type !== undefined) return type;
  }
  throw new EtalonError("not-acceptable", { field: "Accept", details: { expected: jsonTypes.join(", ") } });
}
