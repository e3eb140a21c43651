import { Agent, request } from "node:http";

/** What an archive answered. */
export interface Answered {
  readonly status: number;
  readonly bytes: number;
  readonly body: Buffer;
}

/** One connection that stays open, as a viewer's does. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/**
 * Sends one request and reads the whole answer.
 *
 * @param pieces the body, sent as they are
 * @throws {Error} for a status that is no success
 */
export function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  pieces?: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: pieces === undefined ? "GET" : "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        const body = Buffer.concat(chunks);
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve({ status, bytes: body.length, body });
        else reject(new Error(`${url} answered ${status}: ${body.toString("utf8").slice(0, 500)}`));
      });
    });
    sent.setNoDelay(true);
    sent.once("error", reject);
    writeBody(sent, pieces ?? []).catch(reject);
  });
}

async function writeBody(
  sent: ReturnType<typeof request>,
  pieces: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const piece of pieces) {
    if (!sent.write(piece)) await new Promise((resolve) => sent.once("drain", resolve));
  }
  sent.end();
}

/** Removes a resource. */
export async function removeResource(url: string): Promise<void> {
  const response = await fetch(url, { method: "DELETE" });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}

/** The JSON of a resource. */
export async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.status === 204 ? [] : response.json();
}
