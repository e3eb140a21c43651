import { answerReading } from "../alone/answer-reading.ts";
import type { KeptReading } from "../alone/document-store.ts";
import { problem } from "../alone/json-answer.ts";
import { authorizationHeaders } from "../api/authorization.ts";
import type { Answerer } from "../api/own-answers.ts";
import { serverUrl } from "../api/server-url.ts";
import { visitor } from "./visitor.ts";

/**
 * Answers what the page asks where somebody without an account reads: images come from the server, by the token of the
 * share; what is drawn lasts as long as the page; nothing is stored, signed or sent.
 *
 * @param onEnded the share has expired or was withdrawn meanwhile
 */
export function answerShare(onEnded: () => void): Answerer {
  const drafts = createDrafts();
  return async (path, asked) => {
    const { method = "GET", headers = {}, signal } = asked;
    const [asksFor = ""] = path.split("?");
    if (asksFor === "api/session") return Response.json(visitor);
    if (asksFor === "api/results") return Response.json({ total: 0, results: [] });
    if (asksFor === "api/analyses") return Response.json({ total: 0, analyses: [] });
    const reading = /^api\/studies\/([\d.]+)\/readings\/([a-z-]+\/[a-z0-9-]+)(\/.*)?$/.exec(asksFor);
    if (reading !== null) {
      const [, study = "", protocol = "", rest = ""] = reading;
      return answerReading(drafts, { study, protocol, rest }, asked);
    }
    if (method !== "GET" || !path.startsWith("dicom-web/")) return problem(404, "nothing-here", "not in a share");
    const said = { ...headers, ...authorizationHeaders() };
    const answer = await fetch(serverUrl(path), { headers: said, ...(signal === undefined ? {} : { signal }) });
    if (answer.status === 401) onEnded();
    return answer;
  };
}

function createDrafts(): Parameters<typeof answerReading>[0] {
  const kept = new Map<string, KeptReading>();
  return {
    read: async (study, protocol) => kept.get(`${study} ${protocol}`),
    write: async (reading) => {
      kept.set(`${reading.study} ${reading.protocol}`, reading);
    },
  };
}
