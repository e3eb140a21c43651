import { matchWeighted } from "../mapping/match-weighted.ts";
import type { WeightedRole } from "../protocol.ts";

/** The two states of the heart that perfusion is measured in. */
export const perfusionStates = ["stress", "rest"] as const;

/** One of them. */
export type PerfusionState = (typeof perfusionStates)[number];

/** An input that may be missing. */
type OptionalImages = WeightedRole & { readonly isOptional: true };

/** First-pass images of stress and rest, and the arterial input where a series of its own holds it. */
export type PerfusionRoles = Readonly<Record<`${PerfusionState}-images` | `${PerfusionState}-aif`, OptionalImages>>;

/** Fewer images hold no baseline, first pass and fall. */
const fewestImages = 2;

function firstPass(en: string, fr: string): OptionalImages {
  return {
    kind: "series",
    title: { en, fr },
    unit: "1",
    minimumSlices: 1,
    weightedBy: ["temporalPositionIndex", "triggerTimeMs"],
    minimumWeightings: fewestImages,
    match: matchWeighted,
    isOptional: true,
  };
}

/** The inputs of both perfusion protocols; each is named by the reader, one of the two states at least. */
export const perfusionRoles: PerfusionRoles = {
  "stress-images": firstPass("First pass under stress", "Premier passage sous stress"),
  "stress-aif": firstPass(
    "Arterial input under stress, where it is a series of its own",
    "Entrée artérielle sous stress, si elle forme une série à part",
  ),
  "rest-images": firstPass("First pass at rest", "Premier passage au repos"),
  "rest-aif": firstPass(
    "Arterial input at rest, where it is a series of its own",
    "Entrée artérielle au repos, si elle forme une série à part",
  ),
};
