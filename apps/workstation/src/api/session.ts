import { z } from "zod";
import { ApiError } from "./api-error.ts";
import { requestJson } from "./request.ts";

const sessionSchema = z.object({
  accountId: z.number(),
  name: z.string(),
  displayName: z.string(),
  role: z.string(),
  actions: z.array(z.string()),
  mustChangePassword: z.boolean(),
  expiresAt: z.string(),
  csrfToken: z.string().nullable(),
});

/** Who is signed in. */
export type Session = z.infer<typeof sessionSchema>;

/** Who is signed in; "nobody" where sign-in is needed, "off" where the server keeps no accounts. */
export type SessionState = Session | "nobody" | "off";

/** Who is signed in. @throws {ApiError} */
export async function readSession(): Promise<SessionState> {
  try {
    return sessionSchema.parse(await requestJson("api/session"));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return "nobody";
    if (error instanceof ApiError && error.status === 404) return "off";
    throw error;
  }
}

/** Signs in. @throws {ApiError} `sign-in-refused`, `too-many-attempts` */
export async function signIn(credentials: { readonly name: string; readonly password: string }): Promise<Session> {
  return sessionSchema.parse(await requestJson("api/session", { method: "POST", json: credentials }));
}

/** Signs out of this browser. @throws {ApiError} */
export async function signOut(): Promise<void> {
  await requestJson("api/session", { method: "DELETE" });
}

/** Changes one's own password, which ends the session. @throws {ApiError} `password-refused` */
export async function changePassword(passwords: {
  readonly currentPassword: string;
  readonly newPassword: string;
}): Promise<void> {
  await requestJson("api/session/password", { method: "PUT", json: passwords });
}

/** Whether somebody may do something (roles.ts of the server): whoever is there where accounts are off. */
export function may(session: SessionState, action: string): boolean {
  return session === "off" || (session !== "nobody" && session.actions.includes(action));
}
