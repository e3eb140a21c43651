import type { MeasureInputs, NumberRole, SeriesRole } from "../../protocol.ts";
import type { LvFunctionParameters } from "./parameters.ts";

/** Two phases of the short-axis cine, and what indexes are made with. */
export interface LvFunctionRoles {
  readonly "end-diastole": SeriesRole;
  readonly "end-systole": SeriesRole;
  readonly height: NumberRole & { readonly isOptional: true };
  readonly weight: NumberRole & { readonly isOptional: true };
  readonly "heart-rate": NumberRole & { readonly isOptional: true };
  readonly [role: string]: SeriesRole | NumberRole;
}

/** What the measurement of ventricular function reads. */
export type LvFunctionInputs = MeasureInputs<LvFunctionRoles, LvFunctionParameters>;

/** The two phases. */
export type Phase = "end-diastole" | "end-systole";
