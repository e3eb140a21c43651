import type { ColumnType, Generated } from "kysely";

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type Instant = ColumnType<Date, Date, Date>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** What pseudonyms are made with: 32 bytes, never shown. Whoever has it and the originals can match them. */
interface PseudonymKeyTable {
  id: Generated<number>;
  key: Bytes;
  created_at: Instant;
}

/** What studies leave the archive for without identity: the same pseudonyms in all its exports. */
interface ProjectTable {
  id: Generated<number>;
  site_id: number;
  name: string;
  /** Options of PS3.15 annex E.3. */
  options: string[];
  key_id: number;
  created_by: string;
  created_at: Instant;
}

/** A link that somebody without an account may open. */
interface ShareTable {
  id: Generated<number>;
  site_id: number;
  /** Of the link's token, which only its maker was told. */
  secret_sha256: Bytes;
  /** Actor of the scope that made it. */
  created_by: string;
  note: string;
  /** PHC string of Argon2id. */
  password_hash: string | null;
  /** Options of PS3.15 annex E.3; null where studies are given as they are. */
  options: string[] | null;
  key_id: number | null;
  max_downloads: number | null;
  downloads: Generated<number>;
  created_at: Instant;
  expires_at: Instant;
  revoked_at: MaybeInstant;
}

/** A study of a share. */
interface ShareStudyTable {
  share_id: number;
  study_id: number;
}

/** What a visitor holds: a session after the password, or a download that was counted. */
interface ShareSecretTable {
  secret_sha256: Bytes;
  share_id: number;
  purpose: "session" | "download";
  expires_at: Instant;
}

/** That a patient was erased: by numbers and row ids alone. */
interface ErasureTable {
  id: Generated<number>;
  site_id: number;
  erased_by: string;
  reason: string;
  /** Number of the request's file. */
  reference: string | null;
  study_ids: number[];
  counts: ColumnType<Readonly<Record<string, number>>, string, string>;
  /** SHA-256 of files that a backup still read: to be removed after it. */
  files_left: string[];
  begun_at: Instant;
  /** Null where it was cut off, and is to be asked for again. */
  ended_at: MaybeInstant;
}

/** The tables of shares, projects and erasures. */
export interface ShareTables {
  pseudonym_key: PseudonymKeyTable;
  project: ProjectTable;
  share: ShareTable;
  share_study: ShareStudyTable;
  share_secret: ShareSecretTable;
  erasure: ErasureTable;
}
