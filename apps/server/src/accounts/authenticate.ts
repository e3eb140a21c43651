import { createHmac, randomBytes } from "node:crypto";
import { EtalonError } from "@etalon/base";
import { findVisitor } from "../shares/visitors.ts";
import type { Authenticate } from "./access-control.ts";
import type { AccountPlace } from "./account-place.ts";
import { foldAccountName } from "./accounts.ts";
import { refuseCrossSite } from "./same-origin.ts";
import { tokenPrefix, visitorPrefix } from "./secrets.ts";
import { cookieOf } from "./session-cookie.ts";
import { findPrincipal, type Principal } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

/**
 * Who a request comes from: by `Authorization: Bearer` a program's token or the session of a share link, by Basic a token as the password or, where that is
 * allowed, the account's own password, by cookie a browser's session, which changes nothing for another site's page.
 */
export function authenticateBy(place: AccountPlace, options: { readonly takesBasicPassword: boolean }): Authenticate {
  const byPassword = passwordChecks(place);
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
      if (scheme.toLowerCase() === "bearer") {
        return value.startsWith(visitorPrefix) ? findVisitor(place, value) : findPrincipal(place, value, "token");
      }
      if (scheme.toLowerCase() !== "basic") return undefined;
      const { name, password } = readBasic(value);
      if (!password.startsWith(tokenPrefix)) {
        return options.takesBasicPassword ? byPassword({ name, password, address: request.ip }) : undefined;
      }
      const principal = await findPrincipal(place, password, "token");
      return principal?.name === foldAccountName(name) ? principal : undefined;
    }
    const secret = cookieOf(request);
    if (secret === undefined) return undefined;
    const principal = await findPrincipal(place, secret, "browser");
    if (principal !== undefined) refuseCrossSite(request, secret);
    return principal;
  };
}

/** RFC 7617: the name ends at the first colon. */
function readBasic(value: string): { readonly name: string; readonly password: string } {
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? { name: text, password: "" } : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** How long a password that was right is not hashed again, and for how many. */
const rememberedMs = 5 * 60_000;
const mostRemembered = 1000;

interface BasicCredentials {
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** Passwords of programs that show them with each request: what is remembered is a keyed hash, and falls with the kept hash. */
function passwordChecks(place: AccountPlace): (given: BasicCredentials) => Promise<Principal | undefined> {
  const key = randomBytes(32);
  const remembered = new Map<string, { readonly passwordHash: string; readonly untilMs: number }>();

  const check = async (given: BasicCredentials, mark: string): Promise<string | undefined> => {
    try {
      const { passwordHash } = await signIn(place, given);
      remembered.delete(mark);
      remembered.set(mark, { passwordHash, untilMs: place.clock().getTime() + rememberedMs });
      const [oldest] = remembered.keys();
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
      return passwordHash;
    } catch (thrown) {
      if (thrown instanceof EtalonError && thrown.code === "sign-in-refused") return undefined;
      throw thrown;
    }
  };

  return async (given) => {
    const name = foldAccountName(given.name);
    const mark = createHmac("sha256", key).update(`${name}\n${given.password}`, "utf8").digest("base64");
    const known = remembered.get(mark);
    const isFresh = known !== undefined && known.untilMs > place.clock().getTime();
    const passwordHash = isFresh ? known.passwordHash : await check(given, mark);
    if (passwordHash === undefined) return undefined;
    const row = await place.database
      .selectFrom("account")
      .select(["id", "site_id", "name", "display_name", "role", "must_change_password"])
      .where("name", "=", name)
      .where("password_hash", "=", passwordHash)
      .where("is_disabled", "=", false)
      .executeTakeFirst();
    if (row === undefined) {
      remembered.delete(mark);
      return undefined;
    }
    return {
      accountId: row.id,
      siteId: row.site_id,
      name: row.name,
      displayName: row.display_name,
      role: row.role,
      sessionId: 0,
      kind: "token",
      origin: "password",
      mustChangePassword: row.must_change_password,
      expiresAt: new Date(place.clock().getTime() + rememberedMs),
    };
  };
}
