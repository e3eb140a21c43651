import type { MeasureInputs, NumberRole, SeriesRole } from "../../protocol.ts";
import type { EcvParameters } from "./parameters.ts";

/** The two T1 maps, and what the blood is known by. */
export type EcvRoles = Readonly<{
  "native-t1": SeriesRole;
  "post-t1": SeriesRole;
  haematocrit: NumberRole & { readonly isOptional: true };
  "field-strength": NumberRole & { readonly isOptional: true };
}>;

/** What the measurement of the extracellular volume reads. */
export type EcvInputs = MeasureInputs<EcvRoles, EcvParameters>;
