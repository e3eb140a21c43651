import { timeOutputs } from "../../mapping/map-outputs.ts";

/** The outputs of a T1 map. */
export const t1MapOutputs = timeOutputs("t1", "T1");
