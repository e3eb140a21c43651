import { parseMediaType } from "../media/parse-media-type.ts";
import { parseMultipart } from "../multipart/parse-multipart.ts";

/** A part of an answer, read whole. */
export interface ReadPart {
  readonly type: string | undefined;
  readonly location: string | undefined;
  readonly bytes: Buffer;
}

const limits = { maxPartBytes: 1e9, maxBodyBytes: 1e9, maxParts: 1e5 };

/** The parts of a multipart answer. */
export async function readMultipart(answer: Response): Promise<readonly ReadPart[]> {
  const type = parseMediaType(answer.headers.get("content-type") ?? "", "Content-Type");
  const boundary = type.parameters.get("boundary");
  if (type.name !== "multipart/related" || boundary === undefined)
    throw new Error(`no multipart: ${await answer.text()}`);
  const body = new Uint8Array(await answer.arrayBuffer());
  async function* once(): AsyncGenerator<Uint8Array> {
    yield body;
  }
  const parts: ReadPart[] = [];
  for await (const part of parseMultipart(once(), boundary, limits)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of part.body) pieces.push(piece);
    const { headers } = part;
    parts.push({
      type: headers.get("content-type"),
      location: headers.get("content-location"),
      bytes: Buffer.concat(pieces),
    });
  }
  return parts;
}
