import type { Result } from "@etalon/measure";
import type { ReportInput, SourceInstance } from "../report-input.ts";
import { dcm, etalonCode, sct } from "./coded-concept.ts";
import {
  type ContentItem,
  conceptItem,
  containerItem,
  imageItem,
  numberItem,
  textItem,
  uidItem,
} from "./content-item.ts";
import type { LesionSegmentation } from "./lesion-segmentation.ts";
import { protocolConcepts } from "./protocol-concepts.ts";
import { siteConcept } from "./site-concept.ts";
import { type Place, trackingOf } from "./tracking.ts";

/** What the groups of a report refer to. */
export interface GroupReferences {
  readonly segmentation: Omit<LesionSegmentation, "bytes"> | null;
  readonly sources: readonly SourceInstance[];
}

/** The outputs of one place. */
interface Group extends Place {
  readonly outputs: Result["outputs"];
}

/**
 * The measurement groups of a result: one for the whole, one for each site, one for each item, in the order of the
 * outputs. An item with a segment is a volumetric ROI (PS3.16 TID 1411), everything else a group without one (TID 1501).
 */
export function measurementGroups(input: ReportInput, references: GroupReferences): ContentItem[] {
  return groupOutputs(input.result).map((group) => measurementGroup(group, input, references));
}

function groupOutputs({ outputs }: Result): Group[] {
  const groups = new Map<
    string,
    { site?: string | undefined; item?: string | undefined; outputs: Result["outputs"] }
  >();
  for (const output of outputs) {
    const key = JSON.stringify([output.site ?? null, output.item ?? null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { site: output.site, item: output.item, outputs: [output] });
    else group.outputs.push(output);
  }
  return [...groups.values()];
}

function measurementGroup(group: Group, input: ReportInput, references: GroupReferences): ContentItem {
  const { site, item } = group;
  const tracking = trackingOf(input.result, group);
  const region = regionItems(item, references);
  const isTotal = site === undefined && item === undefined;
  return containerItem(
    dcm("125007", "Measurement Group"),
    [
      textItem("HAS OBS CONTEXT", dcm("112039", "Tracking Identifier"), tracking.identifier),
      uidItem("HAS OBS CONTEXT", dcm("112040", "Tracking Unique Identifier"), tracking.uid),
      ...findingItems(group, input),
      ...algorithmItems(input.result, isTotal),
      ...region,
      ...group.outputs.map(({ code, value, unit }) => numberItem(code, value, unit)),
      ...(site === undefined
        ? []
        : [textItem("CONTAINS", etalonCode("site", "Site as the reader's marks name it"), site)]),
      ...(item === undefined ? [] : [textItem("CONTAINS", etalonCode("item", "Item as the result names it"), item)]),
    ],
    region.length > 0 ? "1411" : "1501",
  );
}

/** What was found, and where. */
function findingItems({ site, item }: Group, { result }: ReportInput): ContentItem[] {
  const concepts = protocolConcepts(result.protocol.id);
  const finding = item === undefined ? undefined : concepts.finding;
  const whole = item === undefined ? concepts.site : undefined;
  const place = site === undefined ? whole : siteConcept(site);
  return [
    ...(finding === undefined ? [] : [conceptItem("CONTAINS", dcm("121071", "Finding"), finding)]),
    ...(place === undefined || place === null
      ? []
      : [conceptItem("HAS CONCEPT MOD", sct("363698007", "Finding Site"), place)]),
  ];
}

/** TID 4019: name and version in every group; the parameters, which all groups share, with the whole. */
function algorithmItems({ protocol, recipe }: Result, withParameters: boolean): ContentItem[] {
  const parameters = withParameters ? recipe.parameters : [];
  return [
    textItem("HAS CONCEPT MOD", dcm("111001", "Algorithm Name"), protocol.id),
    textItem("HAS CONCEPT MOD", dcm("111003", "Algorithm Version"), protocol.version),
    ...parameters.map((parameter) =>
      textItem("HAS CONCEPT MOD", dcm("111002", "Algorithm Parameters"), parameterText(parameter)),
    ),
  ];
}

function parameterText({ id, value, unit, source, overrideSource }: Result["recipe"]["parameters"][number]): string {
  const said = value ?? "none";
  const quantity = unit === undefined || value === null ? `${said}` : `${said} ${unit}`;
  if (source === "default") return `${id}=${quantity}`;
  return `${id}=${quantity} (override${overrideSource === undefined ? "" : `: ${overrideSource}`})`;
}

/** The segment of an item, and the series it was found in. */
function regionItems(item: string | undefined, { segmentation, sources }: GroupReferences): ContentItem[] {
  const segment = segmentation?.segments.find((candidate) => candidate.item === item);
  const source = sources.at(0);
  if (segmentation === null || segment === undefined || source === undefined) return [];
  return [
    imageItem({ ...segmentation, segmentNumber: segment.number }, dcm("121191", "Referenced Segment")),
    uidItem("CONTAINS", dcm("121232", "Source series for segmentation"), source.seriesInstanceUid),
  ];
}
