import { vi } from "vitest";

/** What the page asked of its server. */
export interface AskedOfServer {
  readonly method: string;
  /** Below the server's address: "api/session". */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is text. */
  readonly body: unknown;
}

/**
 * A server under http://server/etalon/ that answers as told; undo with vi.unstubAllGlobals().
 *
 * @returns what is asked, as it comes
 */
export function stubServer(answer: (asked: AskedOfServer) => Response | Promise<Response>): readonly AskedOfServer[] {
  const all: AskedOfServer[] = [];
  vi.stubGlobal("document", { baseURI: "http://server/etalon/#/study/1.2", documentElement: { lang: "en" } });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const { method = "GET", body } = init;
    const asked = {
      method,
      path: url.replace("http://server/etalon/", ""),
      headers: Object.fromEntries(new Headers(init.headers)),
      body: typeof body === "string" ? (JSON.parse(body) as unknown) : body,
    };
    all.push(asked);
    return answer(asked);
  });
  return all;
}

/** A refusal as the server writes it (RFC 9457). */
export function problemOf(status: number, code: string, more: Readonly<Record<string, unknown>> = {}): Response {
  return Response.json({ status, code, detail: `said of ${code}`, ...more }, { status });
}
