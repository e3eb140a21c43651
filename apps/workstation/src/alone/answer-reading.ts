import type { Asked } from "../api/asked.ts";
import type { DocumentStore, KeptReading } from "./document-store.ts";
import { json, problem } from "./json-answer.ts";

/** A resource of a reading: of which study and protocol, and what of it. */
export interface AskedReading {
  readonly study: string;
  readonly protocol: string;
  /** "", "/document", "/preliminary" … */
  readonly rest: string;
}

/** Reads and writes a reading by the rules of docs/guide/reading.md: versions, If-Match, nothing written over unseen. */
export async function answerReading(
  documents: Pick<DocumentStore, "read" | "write">,
  { study, protocol, rest }: AskedReading,
  { method = "GET", json: sent, headers = {} }: Asked,
): Promise<Response> {
  const kept = await documents.read(study, protocol);
  if (rest === "/document" && method === "PUT") {
    if (!isAgreed(kept, headers)) return stale(kept);
    const next: KeptReading = {
      ...{ study, protocol, version: (kept?.version ?? 0) + 1, savedAt: new Date().toISOString(), preliminaryAt: null },
      // The page sends a document of its own schema.
      document: sent as KeptReading["document"],
    };
    await documents.write(next);
    return json(versionOf(next), { etag: `"${next.version}"` }, kept === undefined ? 201 : 200);
  }
  if (rest === "/comparison") return json({ prior: null, others: 0 });
  if (rest === "/signatures" || rest === "/addenda") return problem(403, "not-allowed", "not without a server");
  if (kept === undefined) return problem(404, "reading-not-found", `${study} ${protocol}`);
  if (rest === "/document") return json(versionOf(kept), { etag: `"${kept.version}"` });
  if (rest === "/runs") return json(stateOf(kept), {}, 202);
  if (rest === "/preliminary") {
    const preliminary = { ...kept, preliminaryAt: new Date().toISOString() };
    await documents.write(preliminary);
    return json(stateOf(preliminary));
  }
  return rest === "" ? json(stateOf(kept)) : problem(404, "nothing-here", "not without a server");
}

/** RFC 9110 section 13.1. */
function isAgreed(kept: KeptReading | undefined, headers: Readonly<Record<string, string>>): boolean {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === "if-match")?.[1];
  return kept === undefined ? named === undefined : named === `"${kept.version}"`;
}

function stale(kept: KeptReading | undefined): Response {
  if (kept === undefined) return problem(404, "reading-not-found", "");
  return json({ status: 412, code: "reading-stale", current: versionOf(kept), base: null }, {}, 412);
}

function versionOf({ version, savedAt, document }: KeptReading): unknown {
  return { version, savedAt, author: { id: null, name: "" }, document };
}

function stateOf({ study, protocol, version, savedAt, preliminaryAt }: KeptReading): unknown {
  return {
    ...{ studyInstanceUid: study, protocol, version, savedAt, author: { id: null, name: "" } },
    status: preliminaryAt === null ? "reading" : "preliminary",
    run: null,
    preliminary: preliminaryAt === null ? null : { version, at: preliminaryAt, by: "" },
    ...{ signing: null, signature: null, addenda: [] },
  };
}
