import { type DataSet, textOf, toDicomJson } from "@etalon/dicom";
import { personName } from "../text/dicom-text.ts";
import { json } from "./json-answer.ts";
import type { LocalObject } from "./local-objects.ts";

/** Attributes of a study that the worklist shows (PS3.18 table 10.6.3-3). */
const studyTags = [
  ...["0020000D", "00080020", "00080030", "00080050", "00081030"],
  ...["00100010", "00100020", "00100030", "00100040"],
];

/** Attributes of a series (PS3.18 table 10.6.3-4). */
const seriesTags = ["0020000D", "0020000E", "00080060", "00200011", "0008103E"];

/** A search for studies, by the filters of the worklist. */
export function listStudies(objects: readonly LocalObject[], query: URLSearchParams): Response {
  const studies = [...Map.groupBy(objects, ({ studyInstanceUid }) => studyInstanceUid).values()].map(studyOf);
  const found = studies
    .filter((study) => matches(study, query))
    .sort((a, b) => ((textOf(a, "00080020") ?? "") < (textOf(b, "00080020") ?? "") ? 1 : -1));
  const offset = Number(query.get("offset") ?? 0);
  const page = found.slice(offset, offset + Number(query.get("limit") ?? found.length));
  return json(page.map(toDicomJson), { "x-total-count": String(found.length) });
}

/** The series of a study, by number. */
export function listSeries(objects: readonly LocalObject[], study: string): Response {
  const own = objects.filter(({ studyInstanceUid }) => studyInstanceUid === study);
  const series = [...Map.groupBy(own, ({ seriesInstanceUid }) => seriesInstanceUid).values()]
    .map((some): DataSet => ({ ...pick(some, seriesTags), "00201209": { vr: "IS", Value: [some.length] } }))
    .sort((a, b) => Number(a["00200011"]?.Value?.[0] ?? 0) - Number(b["00200011"]?.Value?.[0] ?? 0));
  return json(series.map(toDicomJson));
}

function studyOf(objects: readonly LocalObject[]): DataSet {
  const modalities = [...new Set(objects.flatMap(({ dataSet }) => textOf(dataSet, "00080060") ?? []))];
  return {
    ...pick(objects, studyTags),
    "00080061": { vr: "CS", Value: modalities },
    "00201208": { vr: "IS", Value: [objects.length] },
  };
}

function pick([first]: readonly LocalObject[], tags: readonly string[]): DataSet {
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const element = first?.dataSet[tag];
      return element === undefined ? [] : [[tag, element] as const];
    }),
  );
}

function matches(study: DataSet, query: URLSearchParams): boolean {
  const texts: readonly (readonly [string, string])[] = [
    ["StudyInstanceUID", textOf(study, "0020000D") ?? ""],
    ["PatientName", personName(study, "00100010")],
    ["PatientID", textOf(study, "00100020") ?? ""],
    ["StudyDescription", textOf(study, "00081030") ?? ""],
  ];
  const modality = query.get("ModalitiesInStudy");
  const modalities = study["00080061"]?.Value ?? [];
  const [from = "", to = from] = query.get("StudyDate")?.split("-") ?? [];
  const date = textOf(study, "00080020") ?? "";
  return (
    texts.every(([name, value]) => fits(value, query.get(name))) &&
    (modality === null || modalities.includes(modality)) &&
    (from === "" || date >= from) &&
    (to === "" || date <= to)
  );
}

/** Wild cards as PS3.4 section C.2.2.2.4 has them; case and accents do not count. */
function fits(value: string, asked: string | null): boolean {
  if (asked === null) return true;
  const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const pattern = plain(asked)
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "s").test(plain(value));
}
