import type { MeasureInputs, SeriesRole } from "../../protocol.ts";
import type { LateEnhancementParameters } from "./parameters.ts";

/** The short-axis stack after contrast, and another of the same heart that is set beside it. */
export type LateEnhancementRoles = Readonly<Record<"late-enhancement", SeriesRole>> &
  Readonly<Record<"second-acquisition", SeriesRole & { readonly isOptional: true }>>;

/** An input that is measured. */
export type LateEnhancementRole = keyof LateEnhancementRoles;

/** What the measurement of late enhancement reads. */
export type LateEnhancementInputs = MeasureInputs<LateEnhancementRoles, LateEnhancementParameters>;
