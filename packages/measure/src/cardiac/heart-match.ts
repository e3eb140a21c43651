import type { Stack } from "@etalon/volume";
import type { RoleMatch } from "../protocol.ts";

/** Body parts (PS3.16 annex L) whose images cannot show the heart. */
const OTHER_BODY_PARTS: ReadonlySet<string> = new Set([
  ..."HEAD BRAIN SKULL NECK CSPINE LSPINE SINUS ORBIT PELVIS HIP THIGH KNEE LEG ANKLE FOOT SHOULDER ARM ELBOW".split(
    " ",
  ),
]);

const parametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

/**
 * Whether a stack can be images of the heart by magnetic resonance. A research file says no modality: it is taken where the
 * reader names it. Nothing ranks one series above another: of several, the reader chooses.
 */
export function matchHeartMr(stack: Stack): RoleMatch {
  const header = (stack.frames.at(0)?.instance ?? stack.undecided.at(0)?.versions.at(0))?.header;
  if (header !== undefined && header.modality === "") {
    return { fits: false, reason: "no-modality", mayBeChosen: true };
  }
  if (header !== undefined && header.modality !== "MR") return { fits: false, reason: "not-mr" };
  // What was computed from images is measured by what asks for a map alone.
  if (header?.sopClassUid === parametricMapStorage) return { fits: false, reason: "parametric-map", mayBeChosen: true };
  if (header?.imageType.includes("LOCALIZER")) return { fits: false, reason: "localizer" };
  if (OTHER_BODY_PARTS.has(header?.bodyPartExamined?.trim().toUpperCase() ?? "")) {
    return { fits: false, reason: "not-heart", mayBeChosen: true };
  }
  return { fits: true, rank: 0 };
}
