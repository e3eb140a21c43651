import type { MeasureInputs, SeriesRole } from "../../protocol.ts";
import type { LateEnhancementParameters } from "./parameters.ts";

/** The short-axis stack after contrast. */
export type LateEnhancementRoles = Readonly<Record<"late-enhancement", SeriesRole>>;

/** What the measurement of late enhancement reads. */
export type LateEnhancementInputs = MeasureInputs<LateEnhancementRoles, LateEnhancementParameters>;
