import { EtalonError } from "@etalon/base";

/** Conditions of HL7 table 0357 that are told here. */
export const conditions = {
  100: "Segment sequence error",
  101: "Required field missing",
  102: "Data type error",
  103: "Table value not found",
  200: "Unsupported message type",
  201: "Unsupported event code",
  203: "Unsupported version id",
  204: "Unknown key identifier",
  207: "Application internal error",
} as const;

export type Condition = keyof typeof conditions;

/** Why a message is not accepted: what its sender is told. */
export class Hl7Error extends EtalonError {
  override readonly name = "Hl7Error";
  /** AE: the message is understood and cannot be done; AR: it is none that is taken here, or nothing can be done now (HL7 table 0008). */
  readonly acknowledgment: "AE" | "AR";
  readonly condition: Condition;
  /** Segment and field: "OBR-18". */
  readonly location: string;

  /**
   * @param location segment and field
   * @param reason in words, without any value of the message: those can be a patient's
   */
  constructor(
    acknowledgment: "AE" | "AR",
    condition: Condition,
    { location, reason, cause }: { readonly location: string; readonly reason: string; readonly cause?: unknown },
  ) {
    super("hl7-refused", { field: location, received: reason, ...(cause === undefined ? {} : { cause }) });
    this.acknowledgment = acknowledgment;
    this.condition = condition;
    this.location = location;
  }
}
