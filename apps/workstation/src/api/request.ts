import { ApiError } from "./api-error.ts";
import type { Asked } from "./asked.ts";
import { connection } from "./connection.ts";
import { ownAnswerer } from "./own-answers.ts";
import { serverUrl } from "./server-url.ts";

/**
 * Asks the server, with the session's cookie. Answers whatever the status is.
 *
 * @throws {ApiError} "offline" where nothing answers
 */
export async function send(path: string, asked: Asked = {}): Promise<Response> {
  const own = ownAnswerer();
  if (own !== undefined) return own(path, asked);
  const { method = "GET", json, body, headers = {}, signal } = asked;
  try {
    return await fetch(serverUrl(path), {
      method,
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
      credentials: "same-origin",
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    connection.lost();
    throw new ApiError(0, "offline", "the server does not answer");
  }
}

/**
 * Asks the server for JSON.
 *
 * @throws {ApiError} what the server refuses, "offline" where nothing answers
 */
export async function requestJson(path: string, asked: Asked = {}): Promise<unknown> {
  const answer = await send(path, asked);
  if (!answer.ok) throw await refusalOf(answer);
  return answer.status === 204 ? undefined : answer.json();
}

/** The problem document of an answer (RFC 9457) as an error. */
export async function refusalOf(answer: Response): Promise<ApiError> {
  const problem: unknown = await answer.json().catch(() => undefined);
  const text = (name: string): string | undefined => {
    const value: unknown = typeof problem === "object" && problem !== null ? Reflect.get(problem, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return new ApiError(answer.status, text("code") ?? `http-${answer.status}`, text("detail") ?? answer.statusText);
}
