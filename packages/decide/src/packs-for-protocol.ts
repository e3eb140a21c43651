import { catalog } from "./catalog.ts";
import { isOpened } from "./engine/decide.ts";
import type { Facts } from "./facts/facts.ts";

/** Packs on coronary calcium and the risk of coronary disease: no measurement but one of the coronaries calls for them. */
const coronaryRisk: ReadonlySet<string> = new Set([
  ...["calcium-categories", "score2", "prevent", "pce", "mesa-percentile", "hoff-percentile", "mesa-chd-risk"],
  ...["arterial-age", "sfc-sfd-2021", "ldl-ladder", "calcium-indications", "calcium-thresholds", "calcium-repeat"],
  ...["calcium-progression", "calcium-limits", "shemesh", "body-mass-index"],
]);

/**
 * Ids of the packs that a report on a result of a protocol asks: those that the facts open, and on coronary calcium and
 * risk only where the coronaries were measured. Asked for by name, every pack answers whatever was measured.
 */
export function packsForProtocol(protocolId: string, facts: Facts): readonly string[] {
  const isCoronary = protocolId.startsWith("coronary/");
  return catalog
    .filter((pack) => isOpened(pack, facts) && (isCoronary || !coronaryRisk.has(pack.id)))
    .map(({ id }) => id);
}
