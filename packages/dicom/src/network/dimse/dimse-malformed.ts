import { EtalonError } from "@etalon/base";

/** The error of a message that breaks PS3.7: the association cannot go on. */
export function dimseMalformed(reason: string): EtalonError {
  return new EtalonError("dimse-malformed", { field: "message", details: { reason } });
}
