import type { Study } from "../api/studies.ts";
import type { ResultBadge } from "./result-badges.ts";

/** Columns that rows can be sorted by. */
export type SortColumn = "patient" | "patientId" | "date" | "modality" | "description" | "images" | "result";

/** By which column, and which way. */
export interface SortOrder {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** Which results a study must have. */
export type ResultFilter = "any" | "measured" | "provisional" | "none";

/** Studies in an order; equal ones stay in the server's, the newest first. */
export function sortStudies(
  studies: readonly Study[],
  order: SortOrder,
  badges: ReadonlyMap<string, readonly ResultBadge[]>,
): readonly Study[] {
  const key = keyOf(order.column, badges);
  const sign = order.isDescending ? -1 : 1;
  return studies
    .map((study) => ({ study, key: key(study) }))
    .sort((a, b) => sign * compare(a.key, b.key))
    .map(({ study }) => study);
}

/** Studies whose results are as asked. */
export function withResult(
  studies: readonly Study[],
  filter: ResultFilter,
  badges: ReadonlyMap<string, readonly ResultBadge[]>,
): readonly Study[] {
  if (filter === "any") return studies;
  return studies.filter(({ studyInstanceUid }) => {
    const states = (badges.get(studyInstanceUid) ?? []).map(({ state }) => state);
    const isMeasured = states.some((state) => state === "measured" || state === "provisional");
    if (filter === "none") return !isMeasured;
    return filter === "measured" ? isMeasured : states.includes("provisional");
  });
}

function keyOf(
  column: SortColumn,
  badges: ReadonlyMap<string, readonly ResultBadge[]>,
): (study: Study) => string | number {
  switch (column) {
    case "patient":
      return ({ patientName }) => patientName.toLocaleLowerCase();
    case "patientId":
      return ({ patientId }) => patientId;
    case "date":
      return ({ date, time }) => `${date}${time}`;
    case "modality":
      return ({ modalities }) => modalities.join();
    case "description":
      return ({ description }) => description.toLocaleLowerCase();
    case "images":
      return ({ instanceCount }) => instanceCount;
    case "result":
      return ({ studyInstanceUid }) => badges.get(studyInstanceUid)?.[0]?.value ?? -1;
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
