import type { MeasureInputs, SeriesRole } from "../../protocol.ts";
import type { InterventionParameters } from "./parameters.ts";

/** The images that show the lesion, and where there are any those from before. */
export interface InterventionRoles extends Readonly<Record<string, SeriesRole>> {
  readonly after: SeriesRole;
  readonly before: SeriesRole & { readonly isOptional: true };
}

/** What the check of an intervention reads. */
export type InterventionInputs = MeasureInputs<InterventionRoles, InterventionParameters>;
