import type { MeasureInputs, SeriesRole } from "../../protocol.ts";
import type { CalciumScoreParameters } from "./parameters.ts";

/** The one input of the calcium score: an unenhanced axial CT of the heart. */
export type CalciumScoreRoles = Readonly<Record<"calcium-ct", SeriesRole>>;

/** What the calcium score reads. */
export type CalciumScoreInputs = MeasureInputs<CalciumScoreRoles, CalciumScoreParameters>;
