import type { Text } from "@etalon/base";
import type { z } from "zod";

/** One variable of the environment: what it may be, and what it does. */
export interface Setting {
  readonly schema: z.ZodType;
  /** What it may be, in signs that need no translation. */
  readonly expected: string;
  /** What counts where it is absent, as the help shows it. */
  readonly fallback: string;
  readonly help: Text;
  /** Whether its value is never shown. */
  readonly isSecret?: boolean;
}
