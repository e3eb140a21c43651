import type { Text } from "@etalon/base";
import type { Meaning, RepeatabilityLimit } from "./comparison.ts";

/** A published limit, before it is applied to two values. */
interface PublishedLimit extends Omit<RepeatabilityLimit, "value"> {
  /** Half-width in the output's unit. */
  readonly of: (earlier: number, later: number) => number;
}

interface OutputRow {
  readonly meaning: Meaning;
  /** The narrowest first. */
  readonly limits: readonly PublishedLimit[];
}

/** Where an abstract was read; no article was. */
function abstractAt(where: string): Text {
  return {
    en: `its abstract (${where}); the article was not read`,
    fr: `son résumé (${where}) ; l'article n'a pas été lu`,
  };
}

const ONE_READER: Text = {
  en: "one reader, one scanner; the largest of four groups, heart failure",
  fr: "un lecteur, une machine ; le plus large de quatre groupes, insuffisance cardiaque",
};
const OTHER_READER: Text = {
  en: "different readers, times and scanners",
  fr: "lecteurs, moments et machines différents",
};

const gandyPatients = {
  condition: "one-reader-one-scanner",
  circumstances: ONE_READER,
  citation:
    "Gandy SJ, Waugh SA, Nicholas RS, et al. MRI comparison of quantitative left ventricular structure, function and measurement reproducibility in patient cohorts with a range of clinically distinct cardiac conditions. Int J Cardiovasc Imaging",
  readAt: abstractAt("sinapse.ac.uk"),
} as const;

const gandyScanners = {
  condition: "other-reader-or-scanner",
  circumstances: OTHER_READER,
  citation:
    "Gandy SJ, Waugh SA, Nicholas RS, et al. Comparison of the reproducibility of quantitative cardiac left ventricular assessments in healthy volunteers using different MRI scanners: a multicenter simulation. J Magn Reson Imaging",
  readAt: abstractAt("discovery.dundee.ac.uk"),
} as const;

/** Repeatability coefficient from a coefficient of variation of single measurements: 1.96·√2 (Bland and Altman). */
const FROM_VARIATION = 1.96 * Math.sqrt(2);

function grothues(percent: number): PublishedLimit {
  return {
    condition: "variation-between-studies",
    circumstances: {
      en: `between two studies: ${FROM_VARIATION.toFixed(2)} times the coefficient of variability of ${percent} %, the largest of three groups; the step from one to the other is ours`,
      fr: `entre deux examens : ${FROM_VARIATION.toFixed(2).replace(".", ",")} fois le coefficient de variabilité de ${String(percent).replace(".", ",")} %, le plus large de trois groupes ; le passage de l'un à l'autre est de nous`,
    },
    citation:
      "Comparison of interstudy reproducibility of cardiovascular magnetic resonance with two-dimensional echocardiography in normal subjects and in patients with heart failure or left ventricular hypertrophy. Am J Cardiol 2002;90:29-34, PMID 12088775",
    readAt: abstractAt("pubmed 12088775"),
    of: (earlier, later) => (FROM_VARIATION * percent * (Math.abs(earlier) + Math.abs(later))) / 200,
  };
}

function fixed(source: Omit<PublishedLimit, "of">, value: number): PublishedLimit {
  return { ...source, of: () => value };
}

const infarctSize = {
  citation:
    "Reproducibility of chronic and acute infarct size measurement by delayed enhancement-magnetic resonance imaging. J Am Coll Cardiol 2006;47:1641-1645",
  doi: "10.1016/j.jacc.2005.11.065",
  readAt: abstractAt("PMID 16631003"),
} as const;

/** Agatston score or volume by the square root of the earlier one; above a floor where there was none. */
function calcium(factor: number, fromNone: number): PublishedLimit {
  return {
    condition: "calcium-rescan",
    circumstances: {
      en: "two electron-beam scans in quick succession, one reader",
      fr: "deux scanners à faisceau d'électrons successifs, un lecteur",
    },
    citation:
      "Sevrukov AB, et al. Serial quantitative coronary calcium measurements: smallest statistically significant change between serial measurements. AJR Am J Roentgenol 2005;185",
    readAt: abstractAt("synapsesocial.com, W2138778493"),
    of: (earlier) => (earlier > 0 ? factor * Math.sqrt(earlier) : fromNone),
  };
}

const size = (...limits: readonly PublishedLimit[]): OutputRow => ({ meaning: "size", limits });
const burden = (...limits: readonly PublishedLimit[]): OutputRow => ({ meaning: "burden", limits });

const rows: Readonly<Record<string, OutputRow>> = {
  "cardiac/lv-function lv-ejection-fraction": {
    meaning: "function",
    limits: [fixed(gandyPatients, 5.5), fixed(gandyScanners, 10)],
  },
  "cardiac/lv-function rv-ejection-fraction": { meaning: "function", limits: [] },
  "cardiac/lv-function lv-mass": size(fixed(gandyPatients, 9.8), fixed(gandyScanners, 39.5)),
  "cardiac/lv-function lv-edv": size(grothues(4.9)),
  "cardiac/lv-function lv-esv": size(grothues(9.2)),
  "cardiac/late-enhancement infarct-percent": burden(
    fixed(
      {
        ...infarctSize,
        condition: "infarct-size",
        circumstances: {
          en: "consecutive days, acute and chronic infarcts together",
          fr: "jours consécutifs, infarctus aigus et chroniques réunis",
        },
      },
      2.4,
    ),
    fixed(
      {
        ...infarctSize,
        condition: "acute-infarct-size",
        circumstances: { en: "consecutive days, acute infarcts", fr: "jours consécutifs, infarctus aigus" },
      },
      3.2,
    ),
  ),
  "cardiac/late-enhancement infarct-mass": burden(),
  "cardiac/late-enhancement no-reflow-percent": burden(),
  "cardiac/late-enhancement no-reflow-mass": burden(),
  "cardiac/oedema t2-signal-ratio": burden(),
  "cardiac/oedema oedema-percent": burden(),
  "cardiac/oedema oedema-mass": burden(),
  "coronary/calcium-score agatston-score": burden(calcium(4.93, 11.6)),
  "coronary/calcium-score volume-score": burden(calcium(3.445, 9.5)),
  "coronary/calcium-score mass-score": burden(),
};

/** What an output means when it grows, and its published limits for two values; an unknown output is a size without one. */
export function limitsOf(
  { protocol, output }: { readonly protocol: string; readonly output: string },
  earlier: number,
  later: number,
): { readonly meaning: Meaning; readonly limits: readonly RepeatabilityLimit[] } {
  const name = `${protocol} ${output}`;
  const row = Object.hasOwn(rows, name) ? rows[name] : size();
  return {
    meaning: row.meaning,
    limits: row.limits
      .map(({ of, ...published }) => ({ value: of(earlier, later), ...published }))
      .toSorted((a, b) => a.value - b.value),
  };
}

/** Every output that has a row, as "protocol output"; for the test that holds them against the catalogue. */
export const comparedOutputs: readonly string[] = Object.keys(rows);
