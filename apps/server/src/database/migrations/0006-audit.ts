import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../schema.ts";

/**
 * The audit log: rows are added and never changed or removed, each with the hash of the one before it. It names studies and
 * accounts by their internal ids without referring to them, so that what it says outlives their erasure.
 */
export async function createAuditTables(database: Kysely<ArchiveDatabase>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `CREATE TABLE audit_event (
    position bigint PRIMARY KEY,
    event text NOT NULL,
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    site_id integer NOT NULL GENERATED ALWAYS AS ((event::jsonb ->> 'site')::integer) STORED,
    actor text COLLATE "C" NOT NULL GENERATED ALWAYS AS (event::jsonb ->> 'actor') STORED,
    action text COLLATE "C" NOT NULL GENERATED ALWAYS AS (event::jsonb ->> 'action') STORED,
    object_kind text COLLATE "C" GENERATED ALWAYS AS (event::jsonb #>> '{object,kind}') STORED,
    object_id text COLLATE "C" GENERATED ALWAYS AS (event::jsonb #>> '{object,id}') STORED,
    at text COLLATE "C" NOT NULL GENERATED ALWAYS AS (event::jsonb ->> 'at') STORED
  )`,
  "CREATE INDEX audit_event_site ON audit_event (site_id, position)",
  "CREATE INDEX audit_event_at ON audit_event (site_id, at)",
  "CREATE INDEX audit_event_actor ON audit_event (site_id, actor, position)",
  "CREATE INDEX audit_event_object ON audit_event (site_id, object_kind, object_id, position)",
  // One row: whoever adds events locks it, so that the chain has one end.
  `CREATE TABLE audit_head (
    id integer PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32)
  )`,
  "INSERT INTO audit_head VALUES (1, 0, decode(repeat('00', 32), 'hex'))",
  // One row: how far events went to syslog.
  `CREATE TABLE audit_forwarding (
    id integer PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL
  )`,
  "INSERT INTO audit_forwarding VALUES (1, 0)",
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is added to only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
    END
  $$`,
  `CREATE TRIGGER audit_event_lasts BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TRIGGER audit_head_lasts BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (NEW.position <= OLD.position) EXECUTE FUNCTION refuse_audit_change()`,
];
