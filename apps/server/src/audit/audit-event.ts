import { z } from "zod";

/** What may be done: the words of the log. */
export const auditActions = [
  "start",
  "stop",
  "login",
  "logout",
  "query",
  "read",
  "export",
  "share",
  "store",
  "remove",
  "hold",
  "lift-hold",
  "write",
  "sign",
  "amend",
  "change",
] as const;

/** Where a request came from, as far as the log says it: an address can be a person's. */
export const addressClasses = ["loopback", "private", "public", "unknown"] as const;

/** An internal id: it tells nothing of whom it stands for, and is no UID, which has dots. */
const internalId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "an internal id");

/** A word of the program or a station's name: printable ASCII, 64 characters. */
const word = z.string().regex(/^[\x20-\x7e]{1,64}$/, "64 printable ASCII characters at most");

/** What an event may hold. All of it is a word of the program, a number or an internal id: a patient's name has no place. */
export const auditEventSchema = z.strictObject({
  /** Id of the site. */
  site: z.int().positive(),
  /** Internal id of who did it: an account's, or a part of the program. */
  actor: word,
  action: z.enum(auditActions),
  /** What it was done to; without an id where there is none, or many. */
  object: z
    .strictObject({
      kind: z.enum([
        "study",
        "account",
        "session",
        "share",
        "result",
        "reading",
        "worklist",
        "audit",
        "server",
        "export",
        "project",
        "erasure",
      ]),
      id: internalId.optional(),
    })
    .optional(),
  outcome: z.enum(["success", "refused", "failed"]),
  /** Code of the project's error table. */
  error: internalId.optional(),
  /** Why, as `AccessScope.purpose`. */
  purpose: word,
  address: z.enum(addressClasses),
  /** How many instances, matches or rows. */
  count: z.int().min(0).optional(),
});

/** One event, as it is handed in. */
export type AuditEvent = z.output<typeof auditEventSchema>;

/** One event as it stands in the log. */
export const recordedEventSchema = auditEventSchema.extend({
  /** 1 for the first, without a gap. */
  position: z.int().positive(),
  /** When, ISO 8601 in UTC with milliseconds. */
  at: z.iso.datetime({ precision: 3 }),
});

/** An event with its place in the log. */
export type RecordedEvent = z.output<typeof recordedEventSchema>;
