import type { ColumnType, Generated } from "kysely";
import type { Role } from "./roles.ts";

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type Instant = ColumnType<Date, Date, Date>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** Somebody who may sign in. */
interface AccountTable {
  id: Generated<number>;
  site_id: number;
  /** Lower case, NFKC: what is typed to sign in. */
  name: string;
  display_name: string;
  role: Role;
  /** PHC string of Argon2id; null where a provider of identities answers for the account. */
  password_hash: string | null;
  must_change_password: Generated<boolean>;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  is_disabled: Generated<boolean>;
  created_at: Instant;
}

/** Kinds of what a client shows: a browser's cookie, a program's token. */
export type SessionKind = "browser" | "token";

/** How a session began. */
export type SessionOrigin = "password" | "link" | "oidc" | "api";

/** A session of a browser or a token of a program: of the secret only its SHA-256 is kept. */
interface SessionTable {
  id: Generated<number>;
  secret_sha256: Bytes;
  account_id: number;
  kind: SessionKind;
  origin: SessionOrigin;
  /** What its maker called a token; null of a browser. */
  name: string | null;
  /** "Firefox", "curl": never the whole header. */
  user_agent_class: string;
  created_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
}

/** A secret that is taken once: a link that opens logged in, a sign-in that a provider answers. */
interface SingleUseTable {
  secret_sha256: Bytes;
  purpose: "link" | "oidc";
  account_id: number | null;
  /** What the purpose needs besides, as JSON. */
  details: ColumnType<Readonly<Record<string, unknown>>, string, string>;
  expires_at: Instant;
}

/** A sign-in that was tried, until it succeeded or is forgotten. */
interface SignInAttemptTable {
  id: Generated<number>;
  /** SHA-256 of the name as it was typed: people type passwords there. */
  name_sha256: Bytes;
  /** Of an IPv6 address its network of 64 bits. */
  address: string;
  at: Instant;
}

/** Who may see what beyond their role: a study, a patient or the whole site, for an account or for a role. */
interface StudyGrantTable {
  id: Generated<number>;
  site_id: number;
  account_id: number | null;
  role: Role | null;
  covers: "study" | "patient" | "all";
  study_instance_uid: string | null;
  patient_id: string | null;
  issuer_of_patient_id: string | null;
  granted_by: string;
  created_at: Instant;
  expires_at: MaybeInstant;
}

/** The tables of accounts. */
export interface AccountTables {
  account: AccountTable;
  session: SessionTable;
  single_use: SingleUseTable;
  sign_in_attempt: SignInAttemptTable;
  study_grant: StudyGrantTable;
}
