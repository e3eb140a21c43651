import type { Output, QualityNote } from "../../protocol.ts";
import { output } from "./outputs.ts";
import type { SegmentExtent } from "./segments.ts";

/** What is compared of one acquisition. */
export interface Acquisition {
  /** Enhanced share of all myocardium, %. */
  readonly percent: number;
  /** Empty where the insertion of the right ventricle is not marked on it. */
  readonly segments: readonly SegmentExtent[];
  readonly scarredChords: number;
  /** Share of the scarred chords whose innermost part is scarred, 0 to 1. */
  readonly endocardialShare: number;
}

/** Two acquisitions of one heart: the standard one, and that which is set beside it. */
export interface AcquisitionPair {
  readonly first: Acquisition;
  readonly second: Acquisition;
}

/** Extent on the second acquisition and its difference from the first, of the whole and of each segment of both. */
export function secondOutputs(pair: AcquisitionPair, enhancedFrom: number): Output[] {
  const { first, second } = pair;
  const shared = sharedSegments(pair);
  const of = (theirs: number, own: number, site?: string): Output[] => [
    output("second-infarct-percent", theirs, site),
    output("second-infarct-difference", theirs - own, site),
  ];
  const { added, lost } = segmentsApart(pair, enhancedFrom);
  return [
    ...of(second.percent, first.percent),
    ...shared.flatMap(({ segment, first: own, second: theirs }) => of(theirs, own, `AHA-${segment}`)),
    ...(shared.length === 0
      ? []
      : [output("second-added-segments", added.length), output("second-lost-segments", lost.length)]),
  ];
}

/** What the second acquisition adds and lacks, and whether its scar starts from the endocardium. */
export function noteSecond(pair: AcquisitionPair, enhancedFrom: number): QualityNote[] {
  const { second } = pair;
  const shared = sharedSegments(pair);
  const info = (code: string, details: QualityNote["details"]): QualityNote => ({ code, severity: "info", details });
  const pattern =
    second.scarredChords === 0
      ? []
      : [info("second-acquisition-pattern", { endocardialPercent: 100 * second.endocardialShare })];
  if (shared.length === 0) return [info("second-acquisition-no-segments", {}), ...pattern];
  const { added, lost } = segmentsApart(pair, enhancedFrom);
  return [
    added.length === 0
      ? info("second-acquisition-adds-nothing", { enhancedFrom })
      : info("second-acquisition-adds", { segments: added.join(", "), enhancedFrom }),
    ...(lost.length === 0 ? [] : [info("second-acquisition-lacks", { segments: lost.join(", "), enhancedFrom })]),
    ...pattern,
  ];
}

interface SharedSegment {
  readonly segment: number;
  /** Extents, %. */
  readonly first: number;
  readonly second: number;
}

function sharedSegments({ first, second }: AcquisitionPair): readonly SharedSegment[] {
  return first.segments.flatMap(({ segment, extentPercent }) => {
    const other = second.segments.find((one) => one.segment === segment);
    return other === undefined ? [] : [{ segment, first: extentPercent, second: other.extentPercent }];
  });
}

function segmentsApart(
  pair: AcquisitionPair,
  enhancedFrom: number,
): { readonly added: readonly number[]; readonly lost: readonly number[] } {
  const shared = sharedSegments(pair);
  const numbers = (isApart: (one: SharedSegment) => boolean) => shared.filter(isApart).map(({ segment }) => segment);
  return {
    added: numbers((one) => one.second >= enhancedFrom && one.first < enhancedFrom),
    lost: numbers((one) => one.first >= enhancedFrom && one.second < enhancedFrom),
  };
}
