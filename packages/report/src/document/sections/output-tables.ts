import type { Text } from "@etalon/base";
import type { AnyProtocol, Result } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import { protocolWords } from "../../text/protocol-words.ts";
import { shownUnit } from "../../text/shown-unit.ts";
import { siteName } from "../../text/site-names.ts";
import type { Block, Column, Line } from "../document.ts";
import { bareNumber, literal, number, strong, textOf, words } from "../inline.ts";

type Output = Result["outputs"][number];
type Measured = Pick<ReportInput, "result" | "protocol">;

/** Lesions listed one by one; a report with more lists the largest and says how many are in the result only. */
const LISTED_LESIONS = 100;

/** The totals. */
export function totalPairs({ result, protocol }: Measured): Block {
  const totals = result.outputs.filter(({ site, item }) => site === undefined && item === undefined);
  return {
    kind: "pairs",
    pairs: totals.map((output) => ({ name: titleOf(output.id, protocol), value: [number(output, originOf(output))] })),
  };
}

/** One row for each site, and the total; nothing where the marks name no site. */
export function siteTable({ result, protocol }: Measured): readonly Block[] {
  const sites = [...new Set(result.outputs.flatMap(({ site, item }) => (item === undefined ? (site ?? []) : [])))];
  if (sites.length === 0) return [];
  const ofSites = result.outputs.filter(({ site, item }) => site !== undefined && item === undefined);
  const ids = outputIds(ofSites, protocol);
  const { bySite, site: siteTitle } = protocolWords(protocol.id);
  const row = (heading: Line, outputs: readonly Output[]): readonly Line[] => [heading, ...cells(ids, outputs)];
  return [
    {
      kind: "table",
      caption: bySite,
      columns: [{ title: siteTitle }, ...columnsOf(ids, protocol)],
      hasRowHeaders: true,
      rows: [
        ...sites.map((site) =>
          row(
            siteLine(site),
            ofSites.filter((output) => output.site === site),
          ),
        ),
        row(
          [strong({ en: "Total", fr: "Total" })],
          result.outputs.filter(({ site, item }) => site === undefined && item === undefined),
        ),
      ],
    },
  ];
}

/** One row for each lesion that counts, in scan order. */
export function lesionBlocks({ result, protocol }: Measured): readonly Block[] {
  const ofItems = result.outputs.filter(({ item }) => item !== undefined);
  const groups = groupByItem(ofItems);
  if (groups.length === 0) return [];
  const ids = outputIds(ofItems, protocol);
  const hasSites = ofItems.some(({ site }) => site !== undefined);
  const listed = largest(groups, ids[0]);
  const left = groups.length - listed.length;
  const table: Block = {
    kind: "table",
    caption: { en: "By lesion, in scan order", fr: "Par lésion, dans l'ordre de l'acquisition" },
    columns: [
      { title: { en: "Lesion", fr: "Lésion" } },
      ...(hasSites ? [{ title: { en: "Artery", fr: "Artère" } }] : []),
      ...columnsOf(ids, protocol),
    ],
    hasRowHeaders: true,
    rows: listed.map(({ item, outputs }) => {
      const site = outputs.at(0)?.site;
      return [
        [literal(item)],
        ...(hasSites ? [site === undefined ? [] : [textOf(siteName(site).short)]] : []),
        ...cells(ids, outputs),
      ];
    }),
  };
  if (left === 0) return [table];
  const said = words(
    ` smaller lesions are not listed here; all of them are counted, and each is in result.json.`,
    ` lésions plus petites ne figurent pas ici ; toutes sont comptées, et chacune est dans result.json.`,
  );
  return [table, { kind: "notice", tone: "information", lines: [[literal(String(left)), said]] }];
}

interface ItemOutputs {
  readonly item: string;
  readonly outputs: readonly Output[];
}

function groupByItem(outputs: readonly Output[]): readonly ItemOutputs[] {
  const groups = new Map<string, Output[]>();
  for (const output of outputs) {
    const item = output.item ?? "";
    groups.set(item, [...(groups.get(item) ?? []), output]);
  }
  return [...groups].map(([item, list]) => ({ item, outputs: list }));
}

/** The largest by one output, in the order they came in. */
function largest(groups: readonly ItemOutputs[], id: string | undefined): readonly ItemOutputs[] {
  if (groups.length <= LISTED_LESIONS) return groups;
  const leadingValue = ({ outputs }: ItemOutputs) => outputs.find((output) => output.id === id)?.value ?? 0;
  const kept = new Set([...groups].sort((a, b) => leadingValue(b) - leadingValue(a)).slice(0, LISTED_LESIONS));
  return groups.filter((group) => kept.has(group));
}

/** Ids that occur among outputs, in the protocol's order. */
function outputIds(outputs: readonly Output[], protocol: AnyProtocol): readonly string[] {
  const present = new Set(outputs.map(({ id }) => id));
  return [...new Set([...Object.keys(protocol.outputs), ...present])].filter((id) => present.has(id));
}

function columnsOf(ids: readonly string[], protocol: AnyProtocol): readonly Column[] {
  return ids.map((id) => {
    const { en, fr } = titleOf(id, protocol);
    const unit = protocol.outputs[id]?.unit ?? "1";
    const [inEnglish, inFrench] = [shownUnit(unit, "en"), shownUnit(unit, "fr")];
    const title = inEnglish === "" ? { en, fr } : { en: `${en} (${inEnglish})`, fr: `${fr} (${inFrench})` };
    return { title, isNumeric: true };
  });
}

function cells(ids: readonly string[], outputs: readonly Output[]): readonly Line[] {
  return ids.map((id) => {
    const output = outputs.find((one) => one.id === id);
    return output === undefined ? [literal("–")] : [bareNumber(output, originOf(output))];
  });
}

function siteLine(label: string): Line {
  const { name, short } = siteName(label);
  if (name.en === short.en) return [textOf(name)];
  return [textOf({ en: `${name.en} (${short.en})`, fr: `${name.fr} (${short.fr})` })];
}

function titleOf(id: string, protocol: AnyProtocol): Text {
  return protocol.outputs[id]?.title ?? { en: id, fr: id };
}

function originOf({ id, site, item }: Output) {
  return {
    kind: "result",
    output: id,
    ...(site === undefined ? {} : { site }),
    ...(item === undefined ? {} : { item }),
  } as const;
}
