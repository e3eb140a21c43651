import { RefusalError } from "@etalon/base";
import { info, warning } from "../../mapping/map-notes.ts";
import { landmarksOf, steepestRise } from "../../perfusion/curve-landmarks.ts";
import { type FirstPass, firstPasses, type PerfusionInputs } from "../../perfusion/first-pass.ts";
import { storedCurves } from "../../perfusion/measured-curve.ts";
import { passCurves, passNotes, regionCurve } from "../../perfusion/pass-curves.ts";
import type { Measurement, Output } from "../../protocol.ts";
import { output } from "./outputs.ts";

/** Upslopes of one state. */
interface PassSlopes {
  readonly pass: FirstPass;
  readonly blood: number;
  readonly regions: readonly {
    readonly site: string;
    readonly upslope: number;
    /** Over that of blood. */
    readonly relative: number;
    /** Behind blood, s; `null` where the region has no first pass. */
    readonly delayS: number | null;
  }[];
}

/**
 * First-pass curves of blood and of every drawn region and segment, their upslopes relative to blood, and between stress
 * and rest the reserve index.
 *
 * @throws {InputError} `missing-value`, `not-finite`
 * @throws {RefusalError} `no-signal`, `structure-missing` without an arterial input or any region, `aif-without-peak`
 */
export function measurePerfusionCurves(inputs: PerfusionInputs): Measurement {
  const slopes = firstPasses(inputs).map(slopesOf);
  const curves = slopes.flatMap(({ pass }) => passCurves(pass));
  return {
    outputs: [...slopes.flatMap(passOutputs), ...reserveIndexes(slopes)],
    provisional: false,
    quality: [
      ...slopes.flatMap(({ pass }) => passNotes(pass)),
      warning("perfusion-dark-rim", {}),
      info("mpri-limits", {}),
    ],
    candidates: [],
    maps: [],
    curves: storedCurves(curves),
    sensitivity: [],
    curveValues: curves,
  };
}

function slopesOf(pass: FirstPass): PassSlopes {
  const { input, timesS, regions, state } = pass;
  if (regions.length === 0) {
    throw new RefusalError("structure-missing", { field: `${state}-images`, received: "lv-myocardium" });
  }
  const blood = steepestRise(input.values, input.timesS, { from: input.foot, to: input.peak });
  const arrivalS = input.timesS[input.foot];
  return {
    ...{ pass, blood },
    regions: regions.map(({ site, voxels }) => {
      const curve = regionCurve(pass, voxels);
      const own = landmarksOf(curve);
      const from = Math.max(
        0,
        timesS.findLastIndex((s) => s <= arrivalS),
      );
      const upslope = steepestRise(curve, timesS, { from, to: own?.peak ?? curve.length - 1 });
      return { site, upslope, relative: upslope / blood, delayS: own === null ? null : timesS[own.foot] - arrivalS };
    }),
  };
}

function passOutputs({ pass: { state }, blood, regions }: PassSlopes): Output[] {
  return [
    output(`aif-upslope-${state}`, blood),
    ...regions.flatMap(({ site, upslope, relative, delayS }) => [
      output(`upslope-${state}`, upslope, site),
      output(`relative-upslope-${state}`, relative, site),
      ...(delayS === null ? [] : [output(`arrival-delay-${state}`, delayS, site)]),
    ]),
  ];
}

function reserveIndexes(slopes: readonly PassSlopes[]): Output[] {
  const of = (state: string) => slopes.find(({ pass }) => pass.state === state)?.regions ?? [];
  return of("stress").flatMap(({ site, relative }) => {
    const rest = of("rest").find((one) => one.site === site);
    return rest === undefined || !(rest.relative > 0)
      ? []
      : [output("mpri", reserveIndex(relative, rest.relative), site)];
  });
}

/** Relative upslope under stress over that at rest (Jerosch-Herold M et al., Med Phys 1998;25:73-84). */
function reserveIndex(stress: number, rest: number): number {
  return stress / rest;
}
