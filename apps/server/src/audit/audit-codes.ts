import type { AuditEvent } from "./audit-event.ts";

/** A code of DICOM's ontology (DCM), with its meaning. */
export interface DcmCode {
  readonly code: string;
  readonly meaning: string;
}

/** What an event is called in the world of ATNA. */
export interface AuditCodes {
  readonly event: DcmCode;
  readonly type?: DcmCode;
  /** Create, read, update, delete, execute. */
  readonly action: "C" | "R" | "U" | "D" | "E";
}

const userAuthentication = { code: "110114", meaning: "User Authentication" };
const applicationActivity = { code: "110100", meaning: "Application Activity" };
const exported = { code: "110106", meaning: "Export" };

const procedureRecord = { code: "110111", meaning: "Procedure Record" };

const restricted = {
  event: { code: "110113", meaning: "Security Alert" },
  type: { code: "110132", meaning: "Use of Restricted Function" },
  action: "U",
} as const;

/** Event codes and types of the log's actions (PS3.15 section A.5.3, PS3.16 CID 400 and 401). */
const codes: Readonly<Record<AuditEvent["action"], AuditCodes>> = {
  start: { event: applicationActivity, type: { code: "110120", meaning: "Application Start" }, action: "E" },
  stop: { event: applicationActivity, type: { code: "110121", meaning: "Application Stop" }, action: "E" },
  login: { event: userAuthentication, type: { code: "110122", meaning: "Login" }, action: "E" },
  logout: { event: userAuthentication, type: { code: "110123", meaning: "Logout" }, action: "E" },
  query: { event: { code: "110112", meaning: "Query" }, action: "E" },
  read: { event: { code: "110103", meaning: "DICOM Instances Accessed" }, action: "R" },
  export: { event: exported, action: "R" },
  share: { event: exported, action: "C" },
  store: { event: { code: "110104", meaning: "DICOM Instances Transferred" }, action: "C" },
  remove: { event: { code: "110105", meaning: "DICOM Study Deleted" }, action: "D" },
  hold: restricted,
  "lift-hold": restricted,
  write: { event: procedureRecord, action: "U" },
  sign: { event: procedureRecord, action: "C" },
  amend: { event: procedureRecord, action: "U" },
  change: {
    event: { code: "110113", meaning: "Security Alert" },
    type: { code: "110137", meaning: "User Security Attributes Changed" },
    action: "U",
  },
};

const auditLogUsed: AuditCodes = { event: { code: "110101", meaning: "Audit Log Used" }, action: "R" };

/** The codes of an event; of one on the log itself, those of its use. */
export function codesOf({ action, object }: Pick<AuditEvent, "action" | "object">): AuditCodes {
  return object?.kind === "audit" ? auditLogUsed : codes[action];
}

/** EventOutcomeIndicator: success, minor failure for what was refused, serious failure (PS3.15 section A.5.2). */
export const outcomeCodes = { success: "0", refused: "4", failed: "8" } as const satisfies Readonly<
  Record<AuditEvent["outcome"], string>
>;

/** ParticipantObjectTypeCode: a system object; a person's is 1 (PS3.15 section A.5.2). */
export function objectType({ object }: Pick<AuditEvent, "object">): "1" | "2" {
  return object?.kind === "account" ? "1" : "2";
}
