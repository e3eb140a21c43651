import type { UpperLayerLimits } from "./upper-layer.ts";

/**
 * What holds where nothing else is said: 128 KiB, the most that DCMTK takes; half a minute for ARTIM, as PS3.8 leaves open; two
 * minutes of silence when it is the peer's turn.
 */
export const usualLimits: UpperLayerLimits = { maxPduLength: 131_072, artimTimeoutMs: 30_000, idleTimeoutMs: 120_000 };
