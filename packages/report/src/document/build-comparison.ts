import { notAMedicalDevice } from "@etalon/base";
import type { AnyProtocol, ComparedOutput, Comparison } from "@etalon/measure";
import { conclusionTexts, type FollowUpContext, followUpTexts, reserveTexts } from "../text/comparison-words.ts";
import { siteName } from "../text/site-names.ts";
import type { Block, Line, ReportDocument, Section } from "./document.ts";
import { code, day, doiLink, joined, literal, number, strong, textOf, words } from "./inline.ts";

/** Everything that the document of a comparison is a rendering of. */
export interface ComparisonInput {
  readonly comparison: Comparison;
  /** The protocol that measured both: titles. */
  readonly protocol: AnyProtocol;
  /** Why the person is followed, where it is said. */
  readonly context?: FollowUpContext;
  /** ISO 8601 with offset, given by the program. */
  readonly createdAt: string;
}

/** Digits of a digest in an id: enough to tell comparisons apart. */
const ID_DIGITS = 16;

/** Two dates of one protocol as a document: each change, its limit, what follows, and where the limits come from. */
export function buildComparison(input: ComparisonInput): ReportDocument {
  const { comparison, protocol, createdAt } = input;
  return {
    id: `comparison-${comparison.digest.slice(0, ID_DIGITS)}`,
    title: { en: `${protocol.title.en}: two dates`, fr: `${protocol.title.fr} : deux dates` },
    header: headerOf(input),
    sections: [changeSection(input), ...followUpSection(input), limitSection(input), recipeSection(comparison)],
    footer: [
      textOf(notAMedicalDevice),
      words(" Comparison ", " Comparaison "),
      code(comparison.digest.slice(0, ID_DIGITS)),
    ],
    resultDigest: comparison.digest,
    createdAt,
  };
}

function headerOf({ comparison, createdAt }: ComparisonInput): ReportDocument["header"] {
  const { dates, daysBetween, patient } = comparison;
  const unknown: Line = [words("not stated", "non renseigné")];
  return [
    { name: { en: "Earlier", fr: "Premier examen" }, value: dates === null ? unknown : [day(dates.earlier)] },
    { name: { en: "Later", fr: "Second examen" }, value: dates === null ? unknown : [day(dates.later)] },
    {
      name: { en: "Days between", fr: "Délai en jours" },
      value:
        daysBetween === null
          ? unknown
          : [number({ value: daysBetween, unit: "1", digits: 0 }, { kind: "record", path: "daysBetween" })],
    },
    {
      name: { en: "Same patient", fr: "Même patient" },
      value: [
        patient === "same"
          ? words("yes, by the images' headers", "oui, d'après les en-têtes des images")
          : words("NOT CHECKED", "NON VÉRIFIÉ"),
      ],
    },
    { name: { en: "Comparison of", fr: "Comparaison du" }, value: [day(createdAt.slice(0, 10))] },
  ];
}

function changeSection({ comparison, protocol }: ComparisonInput): Section {
  const { outputs, differentParameters, onlyEarlier, onlyLater } = comparison;
  const blocks: Block[] = [
    {
      kind: "table",
      caption: { en: "Earlier, later, and what follows", fr: "Avant, après, et ce qui en découle" },
      columns: [
        { title: { en: "Measurement", fr: "Mesure" } },
        { title: { en: "Earlier", fr: "Avant" }, isNumeric: true },
        { title: { en: "Later", fr: "Après" }, isNumeric: true },
        { title: { en: "Change", fr: "Variation" }, isNumeric: true },
        { title: { en: "Limit", fr: "Limite" } },
        { title: { en: "Conclusion", fr: "Conclusion" } },
      ],
      hasRowHeaders: true,
      rows: outputs.map((output, index) => changeRow(output, { index, protocol })),
    },
  ];
  for (const { id, earlier, later } of differentParameters) {
    blocks.push(warning(`${id}: ${earlier} → ${later}`, "other parameter", "paramètre différent"));
  }
  for (const name of onlyEarlier)
    blocks.push(warning(name, "in the earlier result only", "dans le premier résultat seul"));
  for (const name of onlyLater) blocks.push(warning(name, "in the later result only", "dans le second résultat seul"));
  return { id: "changes", title: { en: "What changed", fr: "Ce qui a changé" }, blocks };
}

function warning(what: string, en: string, fr: string): Block {
  return { kind: "notice", tone: "warning", lines: [[strong({ en, fr }), literal(" · "), literal(what)]] };
}

function changeRow(
  output: ComparedOutput,
  { index, protocol }: { readonly index: number; readonly protocol: AnyProtocol },
): readonly Line[] {
  const { site, unit, earlier, later, change, limits, conclusion, reserve } = output;
  const title = protocol.outputs[output.output]?.title ?? { en: output.output, fr: output.output };
  const shown = (value: number, key: string): Line => [
    number({ value, unit, digits: digitsOf(unit) }, { kind: "record", path: `outputs.${index}.${key}` }),
  ];
  return [
    [textOf(title), ...(site === undefined ? [] : [literal(" · "), textOf(siteName(site).name)])],
    shown(earlier, "earlier"),
    shown(later, "later"),
    shown(change, "change"),
    limits.length === 0
      ? [literal("–")]
      : joined(
          limits.map(({ value }, at): Line => [literal("±"), ...shown(value, `limits.${at}.value`)]),
          literal(" / "),
        ),
    [
      strong(conclusionTexts[conclusion]),
      ...(reserve === undefined ? [] : [literal(" · "), textOf(reserveTexts[reserve])]),
    ],
  ];
}

/** Counts whole, ratios to the hundredth, the rest to the tenth. */
function digitsOf(unit: string): number {
  if (unit.startsWith("{")) return 0;
  return unit === "1" ? 2 : 1;
}

function followUpSection({ context }: ComparisonInput): readonly Section[] {
  if (context === undefined) return [];
  return [
    {
      id: "follow-up",
      title: { en: "What the sources say of following", fr: "Ce que disent les sources du suivi" },
      blocks: [{ kind: "list", lines: followUpTexts[context].map((text) => [textOf(text)]) }],
    },
  ];
}

function limitSection({ comparison }: ComparisonInput): Section {
  const known = new Map(
    comparison.outputs
      .flatMap(({ limits }) => limits)
      .map((limit) => [`${limit.condition} ${limit.circumstances.en}`, limit]),
  );
  const rows = [...known.values()].map(({ circumstances, citation, doi, readAt }): readonly Line[] => [
    [textOf(circumstances)],
    [literal(citation), ...(doi === undefined ? [] : [literal(" · "), doiLink(doi)])],
    [textOf(readAt)],
  ]);
  const explained: Block = {
    kind: "paragraph",
    line: [
      words(
        "A change beyond every published limit is called a change, one within all of them none, one between two undecided. A number without a limit is given as a difference.",
        "Une variation au-delà de toutes les limites publiées est dite changement, en deçà de toutes, absence de changement, entre deux, indécise. Un nombre sans limite est donné comme simple différence.",
      ),
    ],
  };
  return {
    id: "limits",
    title: { en: "Limits of repeatability", fr: "Limites de répétabilité" },
    blocks: [
      explained,
      ...(rows.length === 0
        ? []
        : [
            {
              kind: "table",
              caption: { en: "Where the limits come from", fr: "Origine des limites" },
              columns: [
                { title: { en: "Circumstances", fr: "Circonstances" } },
                { title: { en: "Source", fr: "Source" } },
                { title: { en: "Read", fr: "Lu" } },
              ],
              rows,
            } as const,
          ]),
    ],
  };
}

function recipeSection({ protocol, earlier, later }: Comparison): Section {
  return {
    id: "recipe",
    title: { en: "Recipe", fr: "Recette" },
    blocks: [
      {
        kind: "pairs",
        pairs: [
          { name: { en: "Protocol", fr: "Protocole" }, value: [code(`${protocol.id} ${protocol.version}`)] },
          { name: { en: "Earlier result", fr: "Premier résultat" }, value: [code(earlier)] },
          { name: { en: "Later result", fr: "Second résultat" }, value: [code(later)] },
        ],
      },
    ],
  };
}
