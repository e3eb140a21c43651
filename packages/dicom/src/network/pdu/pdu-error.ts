import { EtalonError } from "@etalon/base";

/** Reasons of an A-ABORT by the service provider (PS3.8 table 9-26). */
export const abortReasons = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const;

/** Bytes that are no PDU of PS3.8: the association ends by A-ABORT with `abortReason`. */
export class PduError extends EtalonError {
  override readonly name = "PduError";
  readonly abortReason: number;

  /**
   * @param abortReason of PS3.8 table 9-26
   * @param reason what is wrong, for the log
   */
  constructor(abortReason: number, reason: string) {
    super("pdu-malformed", { field: "PDU", details: { reason } });
    this.abortReason = abortReason;
  }
}
