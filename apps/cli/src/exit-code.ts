import type { EtalonError } from "@etalon/base";

/** Exit code when a verification differs. */
export const VERIFICATION_DIFFERS = 4;

/** 2 when the question was asked wrongly, 3 when the input is refused. */
export function exitCodeOf(error: EtalonError): number {
  return error.kind === "usage" ? 2 : 3;
}
