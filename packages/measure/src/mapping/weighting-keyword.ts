import type { Weighting } from "../protocol.ts";

/** Keywords of PS3.6 of the attributes that say a weighting: what a person looks up. */
export const weightingKeyword: Readonly<Record<Weighting, string>> = {
  inversionTimeMs: "InversionTime",
  triggerTimeMs: "TriggerTime",
  echoTimeMs: "EchoTime",
  temporalPositionIndex: "TemporalPositionIdentifier",
  flipAngleDeg: "FlipAngle",
};
