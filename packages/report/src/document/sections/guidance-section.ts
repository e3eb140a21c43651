import type { RuleKind, Verdict, Verdicts } from "@etalon/decide";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Line, Section } from "../document.ts";
import { factRow } from "../fact-rows.ts";
import { code, literal, textOf, words } from "../inline.ts";
import { factTitles } from "../outcome-line.ts";
import { sourceLine } from "../source-line.ts";
import { unmetText } from "../unmet-text.ts";
import { verdictCard } from "../verdict-card.ts";
import { categoryPack } from "./category-table.ts";
import { deskPack } from "./minoca-section.ts";
import { sourceTable } from "./source-table.ts";

/** What asks something of a physician comes before what gives a number. */
const KIND_ORDER: readonly RuleKind[] = ["guideline", "consensus", "expert-opinion", "risk-equation"];

/** What published guidance makes of the result: what applies, what is undetermined and why, what does not apply. */
export function guidanceSection({ verdicts, result }: Pick<ReportInput, "verdicts" | "result">): readonly Section[] {
  if (verdicts === null) return [];
  const cards = verdicts.verdicts
    .filter(({ pack, outcome }) => pack !== deskPack && (pack !== categoryPack || outcome === "does-not"))
    .toSorted((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
  const having = (outcome: Verdict["outcome"]) => cards.filter((verdict) => verdict.outcome === outcome);
  const undetermined = having("undetermined");
  const recommending = undetermined.filter(isRecommendation);
  const others = undetermined.filter((verdict) => !isRecommendation(verdict));
  return [
    {
      id: "guidance",
      title: { en: "What published guidance says", fr: "Ce que disent les recommandations publiées" },
      blocks: [
        {
          kind: "paragraph",
          line: [
            words(
              "Each card shows one published rule on the facts below, with its source. It is no prescription: the physician decides.",
              "Chaque fiche montre une règle publiée, appliquée aux données ci-dessous, avec sa source. Ce n'est pas une prescription : le médecin décide.",
            ),
          ],
        },
        ...(result.provisional ? [provisionalNotice] : []),
        ...cardGroup({ en: "Applies", fr: "S'applique" }, having("applies")),
        ...cardGroup({ en: "Undetermined: a fact is missing", fr: "Indéterminé : il manque une donnée" }, recommending),
        ...lackingFacts(others),
        ...notApplying(having("does-not")),
        ...sourceTable(verdicts.verdicts.filter(({ outcome }) => outcome !== "does-not")),
        ...factTable(verdicts),
      ],
    },
  ];
}

const provisionalNotice: Block = {
  kind: "notice",
  tone: "warning",
  lines: [
    [
      words(
        "The score is provisional: what rests on it may change once a reader has marked the lesions.",
        "Le score est provisoire : ce qui en dépend peut changer une fois les lésions désignées par un lecteur.",
      ),
    ],
  ],
};

function cardGroup(
  title: { readonly en: string; readonly fr: string },
  verdicts: readonly Verdict[],
): readonly Block[] {
  if (verdicts.length === 0) return [];
  return [
    { kind: "subheading", title },
    ...verdicts.map((verdict): Block => ({ kind: "card", card: verdictCard(verdict) })),
  ];
}

/** What asks something of a physician, rather than gives a number or an opinion. */
function isRecommendation({ kind }: Verdict): boolean {
  return kind === "guideline" || kind === "consensus";
}

/** Equations and opinions that lack a fact, a row each: there are many, and most ask what a person does not have. */
function lackingFacts(verdicts: readonly Verdict[]): readonly Block[] {
  if (verdicts.length === 0) return [];
  return [
    {
      kind: "table",
      caption: {
        en: "Equations and opinions that lack a fact",
        fr: "Équations et avis auxquels il manque une donnée",
      },
      columns: [
        { title: { en: "Rule", fr: "Règle" } },
        { title: { en: "Missing", fr: "Il manque" } },
        { title: { en: "Source", fr: "Source" } },
      ],
      hasRowHeaders: true,
      rows: verdicts.map((verdict) => [
        [textOf(verdict.title)],
        factTitles(verdict.missing ?? []),
        [...sourceLine(verdict), ...verdict.caveats.flatMap((caveat): Line => [literal(" · "), textOf(caveat)])],
      ]),
    },
  ];
}

function notApplying(verdicts: readonly Verdict[]): readonly Block[] {
  if (verdicts.length === 0) return [];
  return [
    {
      kind: "table",
      caption: { en: "What does not apply, and why", fr: "Ce qui ne s'applique pas, et pourquoi" },
      columns: [{ title: { en: "Rule", fr: "Règle" } }, { title: { en: "Why", fr: "Motif" } }],
      hasRowHeaders: true,
      rows: verdicts.map((verdict) => [[textOf(verdict.title)], [textOf(unmetText(verdict))]]),
    },
  ];
}

function factTable({ facts, packs, digest, verdicts }: Verdicts): readonly Block[] {
  const needsAgain = verdicts.some((verdict) => (verdict.needsAgain ?? []).length > 0);
  const blocks: Block[] = [];
  if (facts.length > 0) {
    blocks.push({
      kind: "table",
      caption: { en: "Facts the rules read", fr: "Données lues par les règles" },
      columns: [
        { title: { en: "Fact", fr: "Donnée" } },
        { title: { en: "Value", fr: "Valeur" } },
        { title: { en: "Source", fr: "Source" } },
        { title: { en: "Date", fr: "Date" } },
      ],
      hasRowHeaders: true,
      rows: facts.map(factRow),
    });
  }
  if (needsAgain) {
    blocks.push({
      kind: "notice",
      tone: "information",
      lines: [
        [
          words(
            "A sensitive fact was read and is not kept: these verdicts can be replayed only with it given again.",
            "Une donnée sensible a été lue et n'est pas conservée : ces verdicts ne se recalculent que si elle est fournie de nouveau.",
          ),
        ],
      ],
    });
  }
  const versions = packs.map(({ id, version }) => `${id} ${version}`).join(", ");
  blocks.push({
    kind: "paragraph",
    line: [
      words("Rule packs: ", "Jeux de règles : "),
      literal(versions),
      words(". Digest of the verdicts: ", ". Empreinte des verdicts : "),
      code(digest),
    ],
  });
  return blocks;
}
