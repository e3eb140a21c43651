import { type DataSet, fromDicomJson, numberOf, textOf, textsOf } from "@etalon/dicom";
import { personName } from "../text/dicom-text.ts";
import { refusalOf, send } from "./request.ts";

/** A study as the worklist shows it. */
export interface Study {
  readonly studyInstanceUid: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly birthDate: string;
  readonly sex: string;
  readonly date: string;
  readonly time: string;
  readonly description: string;
  readonly accessionNumber: string;
  readonly modalities: readonly string[];
  readonly instanceCount: number;
}

/** What studies are asked for; empty texts ask for nothing. */
export interface StudyFilter {
  readonly patient: string;
  readonly patientId: string;
  readonly description: string;
  readonly modality: string;
  /** ISO dates, both in. */
  readonly from: string;
  readonly to: string;
}

/** A filter that asks for everything. */
export const everyStudy: StudyFilter = { patient: "", patientId: "", description: "", modality: "", from: "", to: "" };

/** Some of the studies that were asked for. */
export interface StudyPage {
  readonly studies: readonly Study[];
  /** How many match in all. */
  readonly total: number;
}

/** The query of a search for studies (PS3.18 section 10.6, docs/qido.md). */
export function studyQuery(filter: StudyFilter, page: { readonly limit: number; readonly offset: number }): string {
  const query = new URLSearchParams({ limit: String(page.limit), offset: String(page.offset) });
  const add = (key: string, value: string): void => {
    if (value !== "") query.set(key, value);
  };
  add("PatientName", contained(filter.patient));
  add("PatientID", contained(filter.patientId));
  add("StudyDescription", contained(filter.description));
  add("ModalitiesInStudy", filter.modality);
  const [from, to] = [filter.from, filter.to].map((date) => date.replaceAll("-", ""));
  if (from !== "" || to !== "") query.set("StudyDate", `${from}-${to}`);
  query.set("includefield", "StudyDescription");
  query.append("includefield", "PatientBirthDate");
  query.append("includefield", "PatientSex");
  return query.toString();
}

/** Matches anywhere in the value; who types wildcards gets what he typed. */
function contained(text: string): string {
  const asked = text.trim();
  return asked === "" || /[*?]/.test(asked) ? asked : `*${asked}*`;
}

/** Studies, newest first. @throws {ApiError} */
export async function findStudies(
  filter: StudyFilter,
  page: { readonly limit: number; readonly offset: number; readonly signal?: AbortSignal },
): Promise<StudyPage> {
  const { signal } = page;
  const answer = await send(`dicom-web/studies?${studyQuery(filter, page)}`, {
    headers: { accept: "application/dicom+json" },
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) throw await refusalOf(answer);
  const studies = dataSetsOf(await answer.json()).map(studyOf);
  const total = Number(answer.headers.get("x-total-count") ?? page.offset + studies.length);
  return { studies, total };
}

/** One study. @throws {ApiError} `instance-not-found` where it is not there */
export async function findStudy(studyInstanceUid: string): Promise<Study | undefined> {
  const answer = await send(`dicom-web/studies?StudyInstanceUID=${studyInstanceUid}&includefield=all`);
  if (!answer.ok) throw await refusalOf(answer);
  return dataSetsOf(await answer.json()).map(studyOf)[0];
}

/** A list of data sets in DICOM JSON. */
export function dataSetsOf(json: unknown): readonly DataSet[] {
  return Array.isArray(json) ? json.map((item) => fromDicomJson(item)) : [];
}

function studyOf(dataSet: DataSet): Study {
  const text = (tag: string): string => textOf(dataSet, tag) ?? "";
  return {
    studyInstanceUid: text("0020000D"),
    patientName: personName(dataSet, "00100010"),
    patientId: text("00100020"),
    birthDate: text("00100030"),
    sex: text("00100040"),
    date: text("00080020"),
    time: text("00080030"),
    description: text("00081030"),
    accessionNumber: text("00080050"),
    modalities: textsOf(dataSet, "00080061"),
    instanceCount: numberOf(dataSet, "00201208") ?? 0,
  };
}
