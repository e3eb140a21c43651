import type { Stack } from "@etalon/volume";
import { matchHeartMr } from "../cardiac/heart-match.ts";
import type { RoleMatch } from "../protocol.ts";

/** Values of ImageType that say another part of the complex signal than its magnitude (Siemens, Philips). */
const otherComponents = /^(P|PHASE|PHASE MAP|R|REAL|I|IMAGINARY|VELOCITY|[PRI]_[A-Z]+)$/;
/** Values of ImageType of maps that the scanner computed. */
const scannerMaps = /^(T1|T2|T2_STAR|T2STAR|R2|R2_STAR|ECV)?[ _]?MAP$/;

/**
 * Whether a stack can be one of the images that a map is fitted to: magnitudes of the heart by magnetic resonance. Any other
 * part of the body is taken where the reader names it.
 */
export function matchWeighted(stack: Stack): RoleMatch {
  const match = matchHeartMr(stack);
  if (!match.fits && (match.mayBeChosen !== true || match.reason === "parametric-map")) {
    return { fits: false, reason: match.reason };
  }
  const [frame] = stack.frames;
  if (frame === undefined) return match;
  const component = frame.header.complexComponent;
  const types = frame.instance.header.imageType.map((value) => value.trim().toUpperCase());
  if (component === undefined ? types.some((value) => otherComponents.test(value)) : component !== "magnitude") {
    return { fits: false, reason: "not-magnitude" };
  }
  if (types.some((value) => scannerMaps.test(value))) return { fits: false, reason: "map-of-the-scanner" };
  return match;
}
