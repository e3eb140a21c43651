import { EtalonError } from "@etalon/base";

/** How an association ended, and what is known of why. */
export interface AssociationEnd {
  /** `aborted` by this side, `aborted-by-peer`, `closed` by the loss of its connection. */
  readonly kind: "released" | "rejected" | "aborted" | "aborted-by-peer" | "closed";
  readonly reason: string;
}

/** The error of whoever still waited for something when the association ended. */
export function associationEnded(peer: string, end: AssociationEnd, cause?: unknown): EtalonError {
  return new EtalonError("association-ended", {
    field: peer,
    received: end.kind,
    details: { reason: end.reason },
    cause,
  });
}
