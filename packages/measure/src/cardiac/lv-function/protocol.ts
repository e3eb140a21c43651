import type { Text } from "@etalon/base";
import type { Protocol, SeriesRole } from "../../protocol.ts";
import { matchHeartMr } from "../heart-match.ts";
import type { LvFunctionRoles } from "./inputs.ts";
import { measureLvFunction } from "./measure.ts";
import { lvFunctionOutputs } from "./outputs.ts";
import { type LvFunctionParameters, lvFunctionParameters } from "./parameters.ts";

function phase(title: Text): SeriesRole {
  return { kind: "series", title, unit: "1", minimumSlices: 2, isOnePhase: true, match: matchHeartMr };
}

/** Volumes, ejection fraction and mass of the ventricles from a short-axis cine, by summation of discs. */
export const lvFunction: Protocol<LvFunctionRoles, LvFunctionParameters> = {
  id: "cardiac/lv-function",
  version: "1.0.0",
  title: { en: "Ventricular volumes and function", fr: "Volumes et fonction ventriculaires" },
  roles: {
    "end-diastole": phase({ en: "Short-axis cine, end-diastole", fr: "Ciné petit axe, télédiastole" }),
    "end-systole": phase({ en: "Short-axis cine, end-systole", fr: "Ciné petit axe, télésystole" }),
    height: {
      kind: "number",
      title: { en: "Height", fr: "Taille" },
      code: { value: "8302-2", scheme: "LN", meaning: "Body height" },
      unit: "cm",
      isOptional: true,
    },
    weight: {
      kind: "number",
      title: { en: "Weight", fr: "Poids" },
      code: { value: "29463-7", scheme: "LN", meaning: "Body weight" },
      unit: "kg",
      isOptional: true,
    },
    "heart-rate": {
      kind: "number",
      title: { en: "Heart rate", fr: "Fréquence cardiaque" },
      code: { value: "8867-4", scheme: "LN", meaning: "Heart rate" },
      unit: "/min",
      isOptional: true,
    },
  },
  parameters: lvFunctionParameters,
  outputs: lvFunctionOutputs,
  draws: [
    {
      label: "lv-blood-pool",
      title: { en: "LV endocardium", fr: "Endocarde VG" },
      roles: ["end-diastole", "end-systole"],
    },
    { label: "lv-epicardium", title: { en: "LV epicardium", fr: "Épicarde VG" }, roles: ["end-diastole"] },
    {
      label: "rv-blood-pool",
      title: { en: "RV endocardium", fr: "Endocarde VD" },
      roles: ["end-diastole", "end-systole"],
    },
  ],
  references: [
    {
      citation: "Schulz-Menger J, Bluemke DA, Bremerich J, et al. J Cardiovasc Magn Reson 2020;22:19",
      doi: "10.1186/s12968-020-00610-6",
      note: "recalled, the text was not read",
    },
    { citation: "Mosteller RD. N Engl J Med 1987;317:1098", note: "recalled, the text was not read" },
    {
      citation: "McDonagh TA, Metra M, Adamo M, et al. Eur Heart J 2021;42:3599-3726",
      doi: "10.1093/eurheartj/ehab368",
      note: "classes of ejection fraction in the sensitivity only; recalled, the text was not read",
    },
  ],
  replay: "bitwise",
  measure: measureLvFunction,
};
