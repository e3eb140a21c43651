import { Counter } from "prom-client";

/** What is counted of DICOM associations, for Prometheus. */
export interface DimseMetrics {
  readonly associations: Counter<"result">;
  /** Objects that came by C-STORE. */
  readonly stores: Counter<"status">;
}

/** Counters that no registry has yet. */
export function createDimseMetrics(): DimseMetrics {
  return {
    associations: new Counter({
      name: "etalon_dimse_associations_total",
      help: "DICOM associations that were asked for, by what became of them",
      labelNames: ["result"] as const,
      registers: [],
    }),
    stores: new Counter({
      name: "etalon_dimse_stores_total",
      help: "Objects that came by C-STORE, by the status that was answered, in hexadecimal digits",
      labelNames: ["status"] as const,
      registers: [],
    }),
  };
}
