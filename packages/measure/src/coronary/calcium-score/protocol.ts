import type { Stack } from "@etalon/volume";
import type { Protocol, RoleMatch } from "../../protocol.ts";
import { acquisitionOf, isSharpKernel } from "./acquisition.ts";
import type { CalciumScoreRoles } from "./inputs.ts";
import { locateCandidates } from "./locate-candidates.ts";
import { maskLesions } from "./mask-lesions.ts";
import { measureCalciumScore } from "./measure.ts";
import { calciumScoreOutputs } from "./outputs.ts";
import { type CalciumScoreParameters, calciumScoreParameters } from "./parameters.ts";

/** A slice counts as axial when its normal leans less than this from the long axis of the body: |cos| of about 30 degrees. */
const AXIAL_COSINE = 0.866;

/** Body parts (PS3.16 CID 4031 as defined terms of BodyPartExamined) whose images cannot show the heart. */
const OTHER_BODY_PARTS: ReadonlySet<string> = new Set([
  ..."HEAD BRAIN SKULL NECK CSPINE LSPINE SINUS ORBIT JAW IAC FACE".split(" "),
  ..."PELVIS HIP THIGH KNEE LEG ANKLE FOOT SHOULDER ARM ELBOW WRIST HAND".split(" "),
]);

function match(stack: Stack): RoleMatch {
  const header = (stack.frames.at(0)?.instance ?? stack.undecided.at(0)?.versions.at(0))?.header;
  if (header !== undefined && header.modality !== "CT") return { fits: false, reason: "not-ct" };
  if (header?.imageType.includes("LOCALIZER")) return { fits: false, reason: "localizer" };
  if (Math.abs(stack.normal[2]) < AXIAL_COSINE) return { fits: false, reason: "not-axial" };
  // The heart zone reads rows from front to back; a transposed image would have its spine on one side.
  if (Math.abs(stack.rowDirection[0]) < AXIAL_COSINE) return { fits: false, reason: "rows-not-left-to-right" };
  if (OTHER_BODY_PARTS.has(header?.bodyPartExamined?.trim().toUpperCase() ?? ""))
    return { fits: false, reason: "not-chest", mayBeChosen: true };
  const { sliceThicknessesMm, kernels, contrastAgents } = acquisitionOf(stack);
  const thicknessMm = sliceThicknessesMm.at(-1) ?? 0;
  let rank = 0;
  if (thicknessMm >= 2 && thicknessMm <= 3) rank += 4;
  if (!kernels.some(isSharpKernel)) rank += 2;
  if (contrastAgents.length === 0) rank += 8;
  return { fits: true, rank };
}

/** Coronary artery calcium score (Agatston 1990) with volume, calibrated mass, lesions and arteries. */
export const calciumScore: Protocol<CalciumScoreRoles, CalciumScoreParameters> = {
  id: "coronary/calcium-score",
  version: "1.0.0",
  title: { en: "Coronary calcium score", fr: "Score calcique coronaire" },
  roles: {
    "calcium-ct": {
      kind: "series",
      title: { en: "Unenhanced axial CT of the heart", fr: "Scanner axial du cœur sans injection" },
      unit: "[hnsf'U]",
      minimumSlices: 2,
      match,
    },
  },
  parameters: calciumScoreParameters,
  outputs: calciumScoreOutputs,
  references: [
    {
      citation: "Agatston AS, Janowitz WR, Hildner FJ, et al. J Am Coll Cardiol 1990;15:827-832",
      doi: "10.1016/0735-1097(90)90282-T",
      note: "cut points and formula confirmed in public code; the paper was not read",
    },
    {
      citation: "Callister TQ, Cooil B, Raya SP, et al. Radiology 1998;208:807-814",
      doi: "10.1148/radiology.208.3.9722864",
    },
    {
      citation: "McCollough CH, Ulzheimer S, Halliburton SS, et al. Radiology 2007;243:527-538",
      doi: "10.1148/radiol.2432050808",
    },
    {
      citation: "Gräni C, Vontobel J, Benz DC, et al. Eur Heart J Cardiovasc Imaging 2018;19:1362-1371",
      doi: "10.1093/ehjci/jey019",
    },
  ],
  replay: "bitwise",
  measure: measureCalciumScore,
  outline: maskLesions,
  locate: locateCandidates,
};
