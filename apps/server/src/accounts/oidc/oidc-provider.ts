import { EtalonError } from "@etalon/base";
import * as client from "openid-client";
import { isLoopback } from "../../http/host-guard.ts";
import type { OidcConfig } from "../account-config.ts";

/** What is remembered of a sign-in while its person is at the provider's. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** Who a provider says somebody is, its signature and its claims having been checked. */
export interface OidcIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly userName: string;
  readonly displayName: string;
  readonly groups: readonly string[];
}

/** A provider of identities: OpenID Connect Core 1.0, authorization code flow with PKCE. */
export interface OidcProvider {
  /** Where to send a browser. @throws {EtalonError} `oidc-unavailable` */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** Who came back. @throws {EtalonError} `oidc-refused`, `oidc-unavailable` */
  finish(query: string, pending: PendingSignIn): Promise<OidcIdentity>;
}

/** Seconds that a provider may take to answer. */
const patienceS = 10;

/** The provider of a configuration; asked for its description at the first sign-in, and again where that failed. */
export function connectOidc({ issuer, clientId, clientSecret, roleClaim }: OidcConfig): OidcProvider {
  let known: Promise<client.Configuration> | undefined;
  const discover = (): Promise<client.Configuration> => {
    known ??= readDescription().catch((cause: unknown) => {
      known = undefined;
      throw new EtalonError("oidc-unavailable", { field: issuer, cause });
    });
    return known;
  };

  function readDescription(): Promise<client.Configuration> {
    const url = new URL(issuer);
    // Plain HTTP was refused by the configuration for every other host.
    const execute = url.protocol === "http:" && isLoopback(url.hostname) ? [client.allowInsecureRequests] : [];
    return client.discovery(url, clientId, clientSecret, undefined, { execute, timeout: patienceS });
  }

  return {
    begin: async (redirectUri) => {
      const description = await discover();
      const codeVerifier = client.randomPKCECodeVerifier();
      const pending = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier, redirectUri };
      const url = client.buildAuthorizationUrl(description, {
        redirect_uri: redirectUri,
        scope: "openid profile email",
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
      });
      return { url: url.href, pending };
    },
    finish: async (query, pending) => {
      const description = await discover();
      const answered = new URL(pending.redirectUri);
      answered.search = query;
      const claims = await claimsOf(description, answered, pending);
      return identityOf(claims, roleClaim);
    },
  };
}

async function claimsOf(
  description: client.Configuration,
  answered: URL,
  { state, nonce, codeVerifier }: PendingSignIn,
): Promise<client.IDToken> {
  try {
    const tokens = await client.authorizationCodeGrant(description, answered, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new EtalonError("oidc-refused", { field: "id_token" });
    return claims;
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "answer";
    throw new EtalonError("oidc-refused", { field: code, cause });
  }
}

function identityOf(claims: client.IDToken, roleClaim: string): OidcIdentity {
  const { iss: issuer, sub: subject, preferred_username: userName, email, name } = claims;
  const said = (values: readonly unknown[]): string =>
    values.find((value): value is string => typeof value === "string" && value !== "") ?? subject;
  const groups = claims[roleClaim];
  const listed: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  return {
    issuer,
    subject,
    userName: said([userName, email]),
    displayName: said([name, userName, email]),
    groups: listed.filter((group): group is string => typeof group === "string"),
  };
}
