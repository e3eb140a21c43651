import { z } from "zod";
import { refusalOf } from "../api/request.ts";
import { serverUrl } from "../api/server-url.ts";

const sessionSchema = z.object({ token: z.string(), expiresAt: z.string() });

/** What a link leads to. */
export type Visit =
  | { readonly kind: "open"; readonly token: string }
  | {
      readonly kind:
        | "password"
        | "wrong-password"
        | "too-many"
        | "ended"
        | "unknown"
        | "without-identity"
        | "unreachable";
    };

/** Begins a session of a share, docs/guide/sharing.md. */
export async function beginVisit(link: string, password: string): Promise<Visit> {
  const answer = await fetch(serverUrl(`share/${link}/session`), {
    method: "POST",
    headers: { "content-type": "application/json" },
    credentials: "same-origin",
    body: JSON.stringify({ password }),
  }).catch(() => undefined);
  if (answer === undefined) return { kind: "unreachable" };
  if (answer.ok) return { kind: "open", token: sessionSchema.parse(await answer.json()).token };
  const { code } = await refusalOf(answer);
  if (code === "sign-in-refused") return { kind: password === "" ? "password" : "wrong-password" };
  if (code === "too-many-attempts") return { kind: "too-many" };
  if (code === "share-ended") return { kind: "ended" };
  if (code === "not-allowed") return { kind: "without-identity" };
  return { kind: code === "share-not-found" ? "unknown" : "unreachable" };
}
