import { Counter, Histogram } from "prom-client";

/** What is counted of the analyses that a process computes, for Prometheus. */
export interface WorkMetrics {
  /** By outcome: done, refused, failed, broken (tried again, or given up) and lost (another has it, or it was cancelled). */
  readonly ended: Counter<"outcome" | "protocol">;
  readonly seconds: Histogram<"protocol">;
}

/** Bounds of the durations that are told apart, seconds: from a small series to one that fills the memory. */
const durationBoundsS = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

/** Counters that no registry has yet. */
export function createWorkMetrics(): WorkMetrics {
  return {
    ended: new Counter({
      name: "etalon_analysis_attempts_total",
      help: "Attempts at analyses that ended in this process, by how",
      labelNames: ["outcome", "protocol"] as const,
      registers: [],
    }),
    seconds: new Histogram({
      name: "etalon_analysis_seconds",
      help: "Time of an attempt at an analysis, from its claim to its end",
      labelNames: ["protocol"] as const,
      buckets: durationBoundsS,
      registers: [],
    }),
  };
}
