import { z } from "zod";
import { isUniversal, type ReadKey } from "../archive/search/matches-criterion.ts";
import { readCriterion } from "../archive/search/read-criterion.ts";
import type { WorklistPage, WorklistQuery } from "./find-items.ts";
import { malformed } from "./read-item.ts";
import { worklistStates } from "./worklist-item.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/** Most items of one answer. */
const mostItems = 1000;
const usualItems = 100;

/** What each filter is matched on. */
const filters = {
  accessionNumber: { path: [tags.accessionNumber], vr: "SH" },
  patientId: { path: [tags.patientId], vr: "LO" },
  patientName: { path: [tags.patientName], vr: "PN" },
  studyInstanceUid: { path: [tags.studyInstanceUid], vr: "UI" },
  modality: { path: [tags.steps, tags.modality], vr: "CS" },
  aeTitle: { path: [tags.steps, tags.stationAeTitle], vr: "AE" },
  date: { path: [tags.steps, tags.startDate], vr: "DA" },
  time: { path: [tags.steps, tags.startTime], vr: "TM" },
} as const;

const longestFilter = 256;
const filter = (text: string) => z.string().max(longestFilter).optional().describe(text);
const count = (most: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.int().max(most))
    .default(usual);

/** The parameters of a list. */
export const listQuerySchema = z.strictObject({
  accessionNumber: filter("Accession number; * and ? stand for any text and any letter, here and in the others"),
  patientId: filter("Patient ID"),
  patientName: filter("Patient name: DUPONT*, without regard to case and accents"),
  studyInstanceUid: filter("Study Instance UID"),
  modality: filter("Modality: CT"),
  aeTitle: filter("AE title of the station"),
  date: filter("Day of the start or a range of days: 20260102, 20260101-20260131"),
  time: filter("Time of the start or a range: 0800-1200; with a range of days one period"),
  state: z.enum(worklistStates).optional().describe("State; items of every state where absent"),
  limit: count(mostItems, usualItems).describe(
    `Most items of one answer, ${mostItems} at most; ${usualItems} where absent`,
  ),
  offset: count(9_999_999, 0).describe("Items to skip"),
});

/** The query of a list. @throws EtalonError `request-malformed`, InputError `malformed-query` */
export function readListQuery(given: unknown): WorklistQuery & WorklistPage {
  const result = listQuerySchema.safeParse(given);
  if (!result.success) throw malformed(result.error, given);
  const { state, limit, offset, ...asked } = result.data;
  const keys = Object.entries(filters).flatMap(([name, { path, vr }]): readonly ReadKey[] => {
    const value = Object.entries(asked).find(([key]) => key === name)?.[1];
    if (value === undefined) return [];
    const key = { tags: path, criterion: readCriterion({ field: name, value, vr }, { isFuzzy: false }) };
    return isUniversal(key) ? [] : [key];
  });
  return { keys, limit, offset, ...(state === undefined ? {} : { states: [state] }) };
}
