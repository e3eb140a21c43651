import type { Role } from "./roles.ts";

/** How people and programs sign in over HTTP. */
export interface AccountConfig {
  /** Whether they must; off only where nobody but this machine's users reaches the server. */
  readonly isOn: boolean;
  /** Whether an account's password is taken by HTTP Basic. */
  readonly takesBasicPassword: boolean;
  /** Where people reach the server, with the base path; where it listens, if absent. */
  readonly publicUrl: string | undefined;
  /** Days that a share link is good for, at most. */
  readonly shareMaxDays: number;
  /** The identity provider; none where absent. */
  readonly oidc: OidcConfig | undefined;
}

/** An OpenID Connect provider, and who is what of those that it knows. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly roleClaim: string;
  /** Role of each group, the first that fits. */
  readonly roles: ReadonlyMap<string, Role>;
}
