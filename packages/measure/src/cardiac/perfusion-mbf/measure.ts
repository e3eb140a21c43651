import { info, warning } from "../../mapping/map-notes.ts";
import type { ParametricMap } from "../../mapping/parametric-map.ts";
import { type RegionStatistics, statisticsOf } from "../../mapping/region-statistics.ts";
import { mapsOfFit, storedMaps } from "../../mapping/stored-maps.ts";
import { type FirstPass, firstPasses } from "../../perfusion/first-pass.ts";
import { type FlowFitter, flowFitter } from "../../perfusion/flow-fit.ts";
import { type MeasuredCurve, storedCurves } from "../../perfusion/measured-curve.ts";
import { passCurves, passNotes } from "../../perfusion/pass-curves.ts";
import type { FlowParameters } from "../../perfusion/perfusion-parameters.ts";
import type { PerfusionRoles, PerfusionState } from "../../perfusion/perfusion-roles.ts";
import type { MeasureInputs, Measurement, Output, QualityNote, SensitivityRow } from "../../protocol.ts";
import { coronaryTerritories } from "../coronary-territory.ts";
import { type FlowMap, flowReasons, mapFlow, regionFlow } from "./flow-map.ts";
import { type FlowPattern, flowPattern } from "./flow-pattern.ts";
import { flowReasonTexts } from "./flow-reason-texts.ts";
import { output } from "./outputs.ts";

type Inputs = MeasureInputs<PerfusionRoles, FlowParameters>;

/** Stress flow below which a territory was ischaemic (Kotecha 2019; recalled, the text was not read). */
const ischaemicBelow = 1.94;

/** Flows of stress and rest are shown on one scale, to this, mL/min/g. */
const shownTo = 6;

interface MeasuredPass {
  readonly pass: FirstPass;
  readonly map: FlowMap;
  readonly sites: readonly Site[];
  /** Of stress alone. */
  readonly pattern: FlowPattern | null;
  readonly fitter: FlowFitter;
  /** Of the same pass with the other part of the curves. */
  readonly otherFitter: FlowFitter;
}

/** A region, or without a name all voxels that have a value. */
interface Site {
  readonly site?: string;
  readonly voxels: Int32Array;
  readonly statistics: RegionStatistics | null;
}

/**
 * Myocardial blood flow of each voxel, segment and drawn region by Fermi-constrained deconvolution, under stress, at rest
 * or both, and then their ratio.
 *
 * @throws {InputError} `missing-value`, `not-finite`, `wrong-type`
 * @throws {RefusalError} `no-signal`, `structure-missing`, `aif-without-peak`, `times-not-ascending`, `too-few-weightings`
 */
export function measurePerfusionMbf(inputs: Inputs): Measurement {
  const measured = firstPasses(inputs).map((pass) => measurePass(pass, inputs));
  const maps = measured.flatMap(({ pass, map }) => mapsOf(pass, map));
  const curves = measured.flatMap(({ pass }): readonly MeasuredCurve[] => passCurves(pass));
  return {
    outputs: [...measured.flatMap(patternOutputs), ...measured.flatMap(passOutputs), ...reserves(measured)],
    provisional: false,
    quality: [
      info("mbf-model", { window: inputs.parameters["fit-window"], signal: inputs.parameters.signal }),
      ...measured.flatMap((one) => noteQuality(one)),
      warning("mbf-cutoffs-not-verified", { ischaemicBelow }),
    ],
    candidates: [],
    maps: storedMaps(maps),
    curves: storedCurves(curves),
    sensitivity: measured.flatMap((one) => varyWindow(one, inputs)),
    mapValues: maps,
    curveValues: curves,
  };
}

function measurePass(pass: FirstPass, { parameters, structures = [] }: Inputs): MeasuredPass {
  const window = parameters["fit-window"];
  const fitterOf = (part: typeof window): FlowFitter =>
    flowFitter(pass, {
      window: part,
      longestDelayS: parameters["longest-delay"],
      density: parameters["myocardial-density"],
    });
  const fitter = fitterOf(window);
  const { input } = pass;
  const map = mapFlow(pass, fitter, {
    largest: parameters["largest-flow"],
    minimumRSquared: parameters["minimum-r2"],
    bloodFrom: (parameters["blood-share"] / 100) * (input.values[input.peak] - input.baseline),
  });
  const all = Int32Array.from(map.reasons.keys());
  const fitted = all.filter((v) => map.reasons[v] === 0);
  const sites: Site[] = [
    ...(pass.regions.length === 0 ? [{ voxels: fitted, statistics: statisticsOf(map, all) }] : []),
    ...pass.regions.map(({ site, voxels }) => ({ site, voxels, statistics: statisticsOf(map, voxels) })),
  ];
  const pattern = pass.state === "rest" ? null : flowPattern({ pass, map }, parameters["reduced-below"], structures);
  const otherFitter = fitterOf(window === "whole" ? "first-pass" : "whole");
  return { pass, map, sites, pattern, fitter, otherFitter };
}

function passOutputs({ pass, sites, fitter }: MeasuredPass): Output[] {
  const { state } = pass;
  return sites.flatMap(({ site, voxels, statistics }) => {
    const flow = regionFlow(pass, fitter, voxels);
    return [
      ...(statistics === null
        ? []
        : [output(`mbf-${state}-median`, statistics.median, site), output(`mbf-${state}-sd`, statistics.sd, site)]),
      ...(flow === null ? [] : [output(`mbf-${state}`, flow.value, site)]),
      output(`fitted-percent-${state}`, statistics?.fittedPercent ?? 0, site),
    ];
  });
}

/** Stress over rest where both have a value: of medians of voxels. */
function reserves(measured: readonly MeasuredPass[]): Output[] {
  const of = (state: PerfusionState) => measured.find(({ pass }) => pass.state === state)?.sites ?? [];
  return of("stress").flatMap(({ site, statistics }) => {
    const rest = of("rest").find((one) => one.site === site)?.statistics;
    if (statistics === null || rest === undefined || rest === null || !(rest.median > 0)) return [];
    const reserve = statistics.median / rest.median;
    const isWhole = site === "lv-myocardium";
    return [output("mbf-reserve", reserve, site), ...(isWhole ? [output("global-perfusion-reserve", reserve)] : [])];
  });
}

/** What rules read of where flow is low; lowest and highest only where all three territories are known. */
function patternOutputs({ pattern }: MeasuredPass): Output[] {
  if (pattern === null) return [];
  const { global, territories, segments, reduced, reducedInOneTerritory, endocardialRatio } = pattern;
  const medians = territories.map(({ median }) => median);
  return [
    output("global-stress-mbf", global),
    ...territories.map(({ territory, median }) => output("mbf-stress-territory", median, territory)),
    ...(territories.length < coronaryTerritories.length
      ? []
      : [
          output("lowest-territory-stress-mbf", Math.min(...medians)),
          output("highest-territory-stress-mbf", Math.max(...medians)),
        ]),
    ...(segments === 0 ? [] : [output("reduced-segments-percent", (100 * reduced) / segments)]),
    ...(reduced === 0 ? [] : [output("reduced-in-one-territory-percent", (100 * reducedInOneTerritory) / reduced)]),
    ...(endocardialRatio === null ? [] : [output("endocardial-ratio-stress", endocardialRatio)]),
  ];
}

function mapsOf({ state, images }: FirstPass, map: FlowMap): readonly ParametricMap[] {
  const title =
    state === "stress"
      ? { en: "Myocardial blood flow under stress", fr: "Débit sanguin myocardique sous stress" }
      : { en: "Myocardial blood flow at rest", fr: "Débit sanguin myocardique au repos" };
  const id = `mbf-${state}`;
  return [
    ...mapsOfFit(map, images.volume, { id, title, unit: "mL/min/g", meanings: flowReasonTexts }).map((one) =>
      one.isQuantity ? { ...one, shownTo } : one,
    ),
    {
      ...{ id: `${id}-delay`, unit: "s", grid: images.volume, isQuantity: false, values: map.delays },
      title: { en: `${title.en}: delay`, fr: `${title.fr} : retard` },
    },
  ];
}

function varyWindow({ pass, sites, fitter, otherFitter }: MeasuredPass, { parameters }: Inputs): SensitivityRow[] {
  const choice = parameters["fit-window"] === "whole" ? "first-pass" : "whole";
  const category = (value: number): string =>
    pass.state === "rest" ? "–" : value < ischaemicBelow ? "reduced" : "preserved";
  const [first] = sites;
  const own = regionFlow(pass, fitter, first.voxels);
  const other = regionFlow(pass, otherFitter, first.voxels);
  if (own === null || other === null) return [];
  return [
    {
      ...{ parameter: "fit-window", choice, output: `mbf-${pass.state}`, value: other.value },
      category: category(other.value),
      changesCategory: category(other.value) !== category(own.value),
    },
  ];
}

function noteQuality({ pass, map, fitter }: MeasuredPass): QualityNote[] {
  const counts = new Float64Array(flowReasons.length);
  for (const reason of map.reasons) counts[reason]++;
  const reasons = Object.fromEntries(flowReasons.map((name, i) => [name, counts[i]]));
  return [
    ...passNotes(pass),
    info("mbf-voxels", { state: pass.state, points: fitter.points, ...reasons }),
    ...(pass.regions.length === 0 ? [warning("mbf-no-myocardium", { state: pass.state })] : []),
  ];
}
