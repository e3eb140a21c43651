import type { MeasureInputs, WeightedRole } from "../../protocol.ts";
import type { T1MapParameters } from "./parameters.ts";

/** The images that the map is fitted to. */
export type T1MapRoles = Readonly<Record<"t1-images", WeightedRole>>;

/** What the measurement of a T1 map reads. */
export type T1MapInputs = MeasureInputs<T1MapRoles, T1MapParameters>;
