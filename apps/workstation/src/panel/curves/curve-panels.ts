import type { Language } from "@etalon/base";
import type { MeasuredCurve } from "@etalon/measure";
import { typeset } from "@etalon/report/text";
import { siteTitle } from "../output-rows.ts";

/** Curves that share one scale. */
export interface CurvePanel {
  /** "stress-aif", "stress-tissue": stable between results. */
  readonly id: string;
  readonly state: "stress" | "rest";
  readonly kind: "aif" | "tissue";
  readonly unit: string;
  readonly curves: readonly NamedCurve[];
}

/** A curve with what it is of. */
export interface NamedCurve {
  readonly curve: MeasuredCurve;
  /** Label of a region; absent for the arterial input. */
  readonly site: string | undefined;
}

/** The curves of a first pass: the arterial input, which is many times higher, apart from the myocardium. */
export function curvePanels(curves: readonly MeasuredCurve[]): readonly CurvePanel[] {
  return (["stress", "rest"] as const).flatMap((state) =>
    (["aif", "tissue"] as const).flatMap((kind): CurvePanel[] => {
      const own = curves
        .filter(({ id }) => id.startsWith(`${state}-`) && (id === `${state}-aif`) === (kind === "aif"))
        .map((curve) => ({ curve, site: kind === "aif" ? undefined : curve.id.slice(state.length + 1) }));
      const [first] = own;
      if (first === undefined) return [];
      return [{ id: `${state}-${kind}`, state, kind, unit: first.curve.unit, curves: own }];
    }),
  );
}

/** What a curve is called beside the others of its panel. */
export function curveName({ curve, site }: NamedCurve, language: Language): string {
  if (site === undefined) return typeset(curve.title[language], language);
  return siteTitle(site, language);
}

/** A table of the curves of a panel: one row per time, s, one value per curve; nothing where a curve has no such point. */
export function curveRows({ curves }: CurvePanel): readonly {
  readonly timeS: number;
  readonly values: readonly (number | undefined)[];
}[] {
  const times = [...new Set(curves.flatMap(({ curve }) => [...curve.timesS]))].sort((a, b) => a - b);
  return times.map((timeS) => ({
    timeS,
    values: curves.map(({ curve }) => {
      const at = curve.timesS.indexOf(timeS);
      return at < 0 ? undefined : curve.values[at];
    }),
  }));
}
