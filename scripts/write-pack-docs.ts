import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  catalog,
  conditionInWords,
  definitionOf,
  factsOfRule,
  type Pack,
  type Rule,
  type Wording,
} from "@etalon/decide";
import { shownNumber, shownUnit } from "@etalon/report/text";

/** Folder of the pack pages. */
export const packDocsFolder: string = resolve(import.meta.dirname, "../docs/rules");

const wording: Wording = {
  language: "en",
  showUnit: (unit) => shownUnit(unit, "en"),
  showNumber: (value) => shownNumber(value, "en"),
};

/** One page per pack of the catalogue, and an index, by file name below `docs/rules`. */
export function packPages(): Readonly<Record<string, string>> {
  const pages = Object.fromEntries(catalog.map((pack) => [`${pack.id}.md`, pageOf(pack)]));
  return { ...pages, "README.md": indexPage() };
}

function indexPage(): string {
  const rows = catalog.map(
    ({ id, version, title, rules }) => `| [${id}](${id}.md) | ${version} | ${title.en} | ${rules.length} |`,
  );
  return [
    "<!-- Generated from the catalogue by `npm run docs`. -->",
    "# Rules",
    "",
    "What `etalon decide` evaluates, in this order. A rule *applies*, *does not*, or is *undetermined* for want of a named fact.",
    "",
    "| pack | version | what | rules |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function pageOf({ id, version, title, scope, rules }: Pack): string {
  return [
    "<!-- Generated from the pack by `npm run docs`. -->",
    `# ${title.en} · ${title.fr}`,
    "",
    `Pack \`${id}\`, version ${version}.`,
    "",
    scope.en,
    "",
    ...rules.flatMap(ruleSection),
  ].join("\n");
}

function ruleSection(rule: Rule): string[] {
  const { source } = rule;
  const doi =
    source.doi === undefined
      ? ""
      : `, doi ${source.doi}${source.isDoiRecalled === true ? " (recalled, not checked)" : ""}`;
  return [
    `## \`${rule.id}\``,
    "",
    `**${rule.title.en}.** ${rule.statement.en}`,
    "",
    `- *When:* ${conditionInWords(rule.when, wording)}`,
    ...(rule.presumes ?? []).map(({ note }) => `- *Takes for granted unless known otherwise:* ${note.en}`),
    ...(rule.caveats ?? []).map(({ when, text }) => `- *Said when ${conditionInWords(when, wording)}:* ${text.en}`),
    `- *Reads:* ${factsOfRule(rule)
      .map((id) => `\`${id}\` (${definitionOf(id).title.en})`)
      .join(", ")}`,
    `- *Gives:* ${Object.entries(rule.values)
      .map(
        ([key, value]) =>
          `\`${key}\` (${[value.title.en, shownUnit(value.unit ?? "1", "en")].filter((text) => text !== "").join(", ")})`,
      )
      .join(", ")}`,
    ...(rule.derives ?? []).map(({ fact, from }) => `- *Derives:* \`${fact}\` from \`${from}\``),
    `- *Kind:* ${rule.kind}; class ${rule.class}, level ${rule.level}`,
    `- *Source:* ${source.citation}${doi}${source.table === undefined ? "" : `, ${source.table}`}`,
    `- *Checked:* ${verificationOf(source)}, ${source.lastChecked}${source.supersededBy === undefined ? "" : `; superseded by ${source.supersededBy}`}`,
    ...(rule.note === undefined ? [] : [`- *Note:* ${rule.note.en}`]),
    "",
  ];
}

function verificationOf({ verification, confirmedIn }: Rule["source"]): string {
  if (verification === "primary") return "read in the document";
  return verification === "public-source"
    ? `confirmed in ${confirmedIn ?? ""}`
    : "not verified against the primary source";
}

if (import.meta.main) {
  mkdirSync(packDocsFolder, { recursive: true });
  const pages = packPages();
  for (const name of readdirSync(packDocsFolder)) if (!Object.hasOwn(pages, name)) rmSync(join(packDocsFolder, name));
  for (const [name, page] of Object.entries(pages)) writeFileSync(join(packDocsFolder, name), page);
}
