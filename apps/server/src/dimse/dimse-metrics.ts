import { Counter } from "prom-client";

/** What is counted of DICOM associations, for Prometheus. */
export interface DimseMetrics {
  readonly associations: Counter<"result">;
  readonly operations: Counter<"service" | "status">;
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
    operations: new Counter({
      name: "etalon_dimse_operations_total",
      help: "DIMSE operations, by service and by status in hexadecimal digits",
      labelNames: ["service", "status"] as const,
      registers: [],
    }),
  };
}
