import { EtalonError } from "@etalon/base";
import { statusLabel } from "./dimse-status.ts";

/** A status other than success: thrown by a handler it goes to the peer, thrown to a caller it came from there. */
export class DimseError extends EtalonError {
  override readonly name = "DimseError";
  /** Of PS3.7 annex C or PS3.4. */
  readonly status: number;
  /** Tags at fault, eight hexadecimal digits each. */
  readonly offendingElements: readonly string[];

  /**
   * @param comment for the peer as Error Comment (0000,0902): no patient's name
   * @param offendingElements tags, eight hexadecimal digits each
   */
  constructor(status: number, comment: string, offendingElements: readonly string[] = []) {
    super("dimse-failed", { field: "DIMSE", received: statusLabel(status), details: { reason: comment } });
    this.status = status;
    this.offendingElements = offendingElements;
  }

  /** What the peer is told in words. */
  get comment(): string {
    return String(this.details["reason"] ?? "");
  }
}
