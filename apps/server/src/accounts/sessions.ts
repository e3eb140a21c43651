import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import type { SessionKind, SessionOrigin } from "./account-tables.ts";
import type { Role } from "./roles.ts";
import { newSecret, secretHash, tokenPrefix } from "./secrets.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A browser's session ends after this long without a request, and after that long in any case (NIST SP 800-63B section 4.2.3). */
export const browserTimes = { idleMs: 30 * minuteMs, absoluteMs: 12 * 60 * minuteMs } as const;

/** Days that a token of a program is good for, at most. */
export const mostTokenDays = 366;

/** A session is noted as seen this often: not each of the thousand requests of a viewer writes a row. */
const seenEveryMs = minuteMs;

/** Who a request comes from. */
export interface Principal {
  readonly accountId: number;
  readonly siteId: number;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly sessionId: number;
  readonly kind: SessionKind;
  readonly origin: SessionOrigin;
  readonly mustChangePassword: boolean;
  readonly expiresAt: Date;
}

/** How a session begins. */
export interface NewSession {
  readonly accountId: number;
  readonly origin: Exclude<SessionOrigin, "api">;
  readonly userAgentClass: string;
}

/** Begins a browser's session; the secret is told once, for its cookie. */
export async function startSession({ database, clock }: AccountPlace, session: NewSession): Promise<string> {
  const secret = newSecret();
  const now = clock();
  await database
    .insertInto("session")
    .values({
      secret_sha256: secretHash(secret),
      account_id: session.accountId,
      kind: "browser",
      origin: session.origin,
      name: null,
      user_agent_class: session.userAgentClass,
      created_at: now,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + browserTimes.absoluteMs),
    })
    .execute();
  return secret;
}

/** A token of a program, as it is shown once. */
export interface NewToken {
  readonly id: number;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Makes a token that does what its account may, without a browser. */
export async function createToken(
  { database, clock }: AccountPlace,
  { accountId, name, days }: { readonly accountId: number; readonly name: string; readonly days: number },
): Promise<NewToken> {
  const token = `${tokenPrefix}${newSecret()}`;
  const now = clock();
  const expiresAt = new Date(now.getTime() + days * dayMs);
  const { id } = await database
    .insertInto("session")
    .values({
      secret_sha256: secretHash(token),
      account_id: accountId,
      kind: "token",
      origin: "api",
      name,
      user_agent_class: "program",
      created_at: now,
      last_seen_at: now,
      expires_at: expiresAt,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, token, expiresAt };
}

/** Who a secret stands for; `undefined` where nobody, any more. */
export async function findPrincipal(
  { database, clock }: AccountPlace,
  secret: string,
  kind: SessionKind,
): Promise<Principal | undefined> {
  const now = clock();
  const row = await database
    .selectFrom("session")
    .innerJoin("account", "account.id", "session.account_id")
    .select([
      "session.id",
      "account_id",
      "account.site_id",
      "account.name",
      "display_name",
      "role",
      "origin",
      "must_change_password",
      "last_seen_at",
      "expires_at",
    ])
    .where("secret_sha256", "=", secretHash(secret))
    .where("kind", "=", kind)
    .where("is_disabled", "=", false)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const silentMs = now.getTime() - row.last_seen_at.getTime();
  if (kind === "browser" && silentMs >= browserTimes.idleMs) return undefined;
  if (silentMs >= seenEveryMs) {
    await database.updateTable("session").set({ last_seen_at: now }).where("id", "=", row.id).execute();
  }
  return {
    accountId: row.account_id,
    siteId: row.site_id,
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    sessionId: row.id,
    kind,
    origin: row.origin,
    mustChangePassword: row.must_change_password,
    expiresAt: row.expires_at,
  };
}

/** A session or a token, as its account sees it. */
export interface KnownSession {
  readonly id: number;
  readonly name: string | null;
  readonly origin: SessionOrigin;
  readonly userAgentClass: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Sessions or tokens of an account that are still good, the newest first. */
export async function listSessions(
  { database, clock }: AccountPlace,
  accountId: number,
  kind: SessionKind,
): Promise<readonly KnownSession[]> {
  const now = clock();
  const rows = await database
    .selectFrom("session")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("kind", "=", kind)
    .where("expires_at", ">", now)
    .$if(kind === "browser", (query) => query.where("last_seen_at", ">", new Date(now.getTime() - browserTimes.idleMs)))
    .orderBy("id", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    origin: row.origin,
    userAgentClass: row.user_agent_class,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends one session or token of an account. @throws {EtalonError} `token-not-found` */
export async function endSession({ database }: AccountPlace, accountId: number, id: number): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom("session")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new EtalonError("token-not-found", { field: String(id) });
}

/** Ends every browser's session of an account: "sign out everywhere". Tokens of programs stay. */
export async function endBrowserSessions({ database }: AccountPlace, accountId: number): Promise<void> {
  await database.deleteFrom("session").where("account_id", "=", accountId).where("kind", "=", "browser").execute();
}

/** Removes what nobody can use any more: sessions, links and attempts whose time is over. */
export async function forgetExpired({ database, clock }: AccountPlace): Promise<void> {
  const now = clock();
  await database.deleteFrom("session").where("expires_at", "<=", now).execute();
  await database.deleteFrom("single_use").where("expires_at", "<=", now).execute();
  await database.deleteFrom("share_secret").where("expires_at", "<=", now).execute();
  await database
    .deleteFrom("sign_in_attempt")
    .where("at", "<", new Date(now.getTime() - dayMs))
    .execute();
}
