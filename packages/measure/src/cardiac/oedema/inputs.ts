import type { MeasureInputs, SeriesRole } from "../../protocol.ts";
import type { OedemaParameters } from "./parameters.ts";

/** The short-axis stack whose T2-weighted signal shows water. */
export type OedemaRoles = Readonly<Record<"t2-weighted", SeriesRole>>;

/** What the measurement of oedema reads. */
export type OedemaInputs = MeasureInputs<OedemaRoles, OedemaParameters>;
