/** An answer in JSON. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });
}

/** A refusal (RFC 9457). */
export function problem(status: number, code: string, detail: string): Response {
  return json({ title: code, status, code, detail }, { "content-type": "application/problem+json" }, status);
}
