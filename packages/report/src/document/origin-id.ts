import type { Origin } from "./document.ts";

/**
 * The id of a number in a rendering: `result.agatston-score.LAD.L3`, `verdict.mesa-percentile/white.percentile`,
 * `record.quality.0.details.coverageMm`. Parts are joined with points, absent ones empty in the middle and left out at the
 * end; within a part what is not an ASCII letter, digit, `-`, `_` or `/` is percent-encoded. Two origins have two ids.
 */
export function originId(origin: Origin): string {
  return [origin.kind, ...partsOf(origin)].join(".").replace(/\.+$/, "");
}

function partsOf(origin: Origin): readonly string[] {
  switch (origin.kind) {
    case "result":
      return [origin.output, origin.site ?? "", origin.item ?? ""].map(encoded);
    case "verdict":
      return [origin.rule, origin.key].map(encoded);
    case "fact":
      return [encoded(origin.fact)];
    case "sensitivity":
      return [origin.output, origin.parameter, origin.choice].map(encoded);
    case "record":
      return origin.path.split(".").map(encoded);
  }
}

function encoded(part: string): string {
  return part.replace(/[^A-Za-z0-9_/-]+/g, (odd) =>
    [...new TextEncoder().encode(odd)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}
