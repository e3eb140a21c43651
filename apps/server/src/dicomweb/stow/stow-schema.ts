import { type ApiSchema, apiSchema } from "../api-schema.ts";

/** The OpenAPI description of `POST /studies` and `POST /studies/{study}`. */
export function stowSchema(path: string): ApiSchema {
  return {
    ...apiSchema(path, {
      tag: "STOW-RS",
      summary: "Store instances",
      description:
        "The bytes are kept verbatim. An instance is acknowledged once it is safe on the disk; the answer says what became of each (PS3.18 section 10.5, annex I).",
      produces: ["application/dicom+json"],
      statuses: {
        200: "All instances were stored, or were there already.",
        202: "Some were stored; the answer names those that were not and why.",
        400: "The body is malformed or ends early; the answer names what was stored before.",
        406: "The client takes no DICOM JSON.",
        408: "Nothing came for too long.",
        409: "No instance was stored; the answer says why.",
        413: "The body is larger than what is taken.",
        415: "The body is of another media type: DICOM JSON and XML are not taken.",
        503: "The archive can take no more now; the answer names what was stored before.",
      },
    }),
    consumes: ["multipart/related; type=application/dicom", "application/dicom"],
    body: { type: "string", format: "binary" },
  };
}
