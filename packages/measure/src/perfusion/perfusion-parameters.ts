import type { ChoiceParameter, NumberParameter } from "../protocol.ts";
import { niftiSpacingParameter } from "../research-files.ts";

type Choice<Name extends string> = ChoiceParameter & { readonly choices: readonly Name[] };
type Given = NumberParameter & { readonly default: number };
type Unset = NumberParameter & { readonly default: null };

const GATEHOUSE_2004 =
  "Gatehouse PD et al., J Magn Reson Imaging 2004;20:39-45, doi 10.1002/jmri.20054; Kellman P et al., J Cardiovasc Magn Reson 2017;19:43, doi 10.1186/s12968-017-0355-5 (recalled, the texts were not read)";

/** Parameters that both perfusion protocols have: times, and how signals become concentrations. */
export const perfusionParameters = {
  "time-step": {
    kind: "number",
    title: {
      en: "Time between two images, where they do not say it",
      fr: "Temps entre deux images, s'il n'est pas dit",
    },
    unit: "s",
    default: null,
    minimum: 0.05,
    maximum: 10,
    source: "from the images unless given: acquisition times, trigger times, or the time step of the file",
  } as Unset,
  signal: {
    kind: "choice",
    title: { en: "The signal is", fr: "Le signal est" },
    default: "linear",
    choices: ["linear", "saturation-recovery"],
    source: `linear: concentration, or a signal proportional to it once the baseline is taken off; saturation-recovery: S = S0·(1 − exp(−TS·R1)), solved for R1 in blood and tissue, each with its own saturation time (${GATEHOUSE_2004})`,
  } as Choice<"linear" | "saturation-recovery">,
  "aif-saturation-time": {
    ...milliseconds("Saturation time of the arterial input", "Temps de saturation de l'entrée artérielle", 2000),
    source: `the sequence's own; asked for by saturation-recovery (${GATEHOUSE_2004})`,
  } as Unset,
  "tissue-saturation-time": {
    ...milliseconds("Saturation time of the myocardium", "Temps de saturation du myocarde", 2000),
    source: `the sequence's own; asked for by saturation-recovery (${GATEHOUSE_2004})`,
  } as Unset,
  "blood-t1": {
    ...milliseconds("T1 of blood before contrast", "T1 du sang avant injection", 5000),
    source: "measured in the same patient; asked for by saturation-recovery",
  } as Unset,
  "tissue-t1": {
    ...milliseconds("T1 of the myocardium before contrast", "T1 du myocarde avant injection", 5000),
    source: "measured in the same patient; asked for by saturation-recovery",
  } as Unset,
  relaxivity: {
    kind: "number",
    title: { en: "Longitudinal relaxivity of the agent", fr: "Relaxivité longitudinale du produit" },
    unit: "L/(mmol.s)",
    default: null,
    minimum: 1,
    maximum: 20,
    source:
      "of the agent at the field of the scanner, by its summary of product characteristics; asked for by saturation-recovery",
  } as Unset,
  "aif-echo-time": {
    ...milliseconds("Echo time of the arterial input", "Temps d'écho de l'entrée artérielle", 20),
    source: `with r2star-relaxivity corrects T2* decay at the peak: S·exp(TE·r2*·C); neither is no correction, one alone is refused (${GATEHOUSE_2004})`,
  } as Unset,
  "r2star-relaxivity": {
    kind: "number",
    title: { en: "Effective transverse relaxivity in blood", fr: "Relaxivité transversale effective dans le sang" },
    unit: "L/(mmol.s)",
    default: null,
    minimum: 0.1,
    maximum: 100,
    source: "must name its source: no published value was read",
    needsSource: true,
  } as Unset,
  "third-axis": {
    kind: "choice",
    title: { en: "Third axis of MAT and Analyze files", fr: "Troisième axe des fichiers MAT et Analyze" },
    default: "time",
    choices: ["time", "slices"],
    source: "neither format says it; a first pass of one slice is written as columns, rows and times (QPerf)",
  } as Choice<"time" | "slices">,
  "nifti-spacing": niftiSpacingParameter,
} as const;

/** Parameters of the flow alone. */
export const flowParameters = {
  "fit-window": {
    kind: "choice",
    title: { en: "Part of the curves that is fitted", fr: "Partie des courbes ajustée" },
    default: "first-pass",
    choices: ["first-pass", "whole"],
    source:
      "first-pass: from the arrival in blood to 2 s after the lowest input within 12 s of its peak, before recirculation (Jerosch-Herold M et al., Med Phys 1998;25:73-84, doi 10.1118/1.598163: first pass; the two numbers are our own rule)",
  } as Choice<"first-pass" | "whole">,
  "longest-delay": {
    kind: "number",
    title: { en: "Longest delay of the tissue behind the blood", fr: "Retard maximal du tissu sur le sang" },
    unit: "s",
    default: 3,
    minimum: 0,
    maximum: 10,
    source: "our own rule: from the ventricle to the wall takes a few beats at most",
  } as Given,
  "largest-flow": {
    kind: "number",
    title: { en: "Largest flow that counts", fr: "Débit maximal retenu" },
    unit: "mL/min/g",
    default: 8,
    minimum: 1,
    maximum: 20,
    source: "our own rule: above what is published under stress; more is blood or motion",
  } as Given,
  "blood-share": {
    kind: "number",
    title: { en: "Peak above which a voxel is blood, of the input's", fr: "Pic au-delà duquel un voxel est du sang" },
    unit: "%",
    default: 40,
    minimum: 5,
    maximum: 100,
    source: "our own rule: distribution volume of myocardium is a quarter to a third of that of blood",
  } as Given,
  "minimum-r2": {
    kind: "number",
    title: { en: "Lowest R² of a fit that counts", fr: "R² minimal d'un ajustement retenu" },
    unit: "1",
    default: 0.7,
    minimum: 0,
    maximum: 1,
    source: "our own rule: below, noise or motion is most of the curve",
  } as Given,
  "reduced-below": {
    kind: "number",
    title: {
      en: "Stress flow below which a segment is reduced",
      fr: "Débit de stress sous lequel un segment est réduit",
    },
    unit: "mL/min/g",
    default: 1.82,
    minimum: 0.5,
    maximum: 4,
    source:
      "Kotecha T et al., JACC Cardiovasc Imaging 2019;12:1958-1969, doi 10.1016/j.jcmg.2018.12.022 (recalled, the text was not read, not verified)",
  } as Given,
  "myocardial-density": {
    kind: "number",
    title: { en: "Density of the myocardium", fr: "Densité du myocarde" },
    unit: "g/mL",
    default: 1.05,
    minimum: 1,
    maximum: 1.1,
    source: "Jerosch-Herold M et al., Med Phys 1998;25:73-84, doi 10.1118/1.598163 (recalled, the text was not read)",
  } as Given,
} as const;

/** The parameters' declarations by name. */
export type PerfusionParameters = typeof perfusionParameters;

/** The declarations of both, by name. */
export type FlowParameters = PerfusionParameters & typeof flowParameters;

function milliseconds(en: string, fr: string, maximum: number): Omit<NumberParameter, "source"> {
  return { kind: "number", title: { en, fr }, unit: "ms", default: null, minimum: 0.1, maximum };
}
