import type { Language } from "@etalon/base";
import { burnedInSuspicion, type DataSet } from "@etalon/dicom";
import { catalog } from "@etalon/measure";
import { shownNumber, shownUnit } from "@etalon/report/text";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { resultsOf } from "../packaging/result-entries.ts";
import type { ShownResult, ShownStudy } from "./share-page.ts";

/** A study of a share, as its row says it. */
export interface SharedStudy extends ShownStudy {
  readonly studyInstanceUid: string;
}

/** The studies that a visitor sees, the oldest first. */
export async function sharedStudies(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
): Promise<readonly SharedStudy[]> {
  const rows = await database
    .selectFrom("study")
    .select([
      "study_instance_uid",
      "patient_name",
      "patient_birth_date",
      "study_date",
      "study_description",
      "modalities",
      "instance_count",
    ])
    .where(isVisible(scope))
    .orderBy("study_date")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    studyInstanceUid: row.study_instance_uid,
    patient: shownName(row.patient_name),
    birthDate: row.patient_birth_date ?? undefined,
    date: row.study_date ?? undefined,
    description: row.study_description ?? undefined,
    modalities: row.modalities,
    images: row.instance_count,
  }));
}

/** A study as it is shown where nobody is to be known: what kind, and how much. */
export function withoutIdentity({ modalities, images }: SharedStudy): ShownStudy {
  const nothing = { patient: undefined, birthDate: undefined, date: undefined, description: undefined };
  return { ...nothing, modalities, images };
}

/** A person's name as it is read: family, given and the rest of its first form (PS3.5 section 6.2.1.2). */
function shownName(name: string | null): string | undefined {
  const [first = ""] = (name ?? "").split("=");
  const shown = first.split("^").filter(Boolean).join(" ");
  return shown === "" ? undefined : shown;
}

/** The sums of a visitor's results, in words. */
export async function shownResults(
  database: Kysely<ArchiveDatabase>,
  asked: { readonly scope: AccessScope; readonly studyInstanceUids: readonly string[] },
  language: Language,
): Promise<readonly ShownResult[]> {
  const results = await resultsOf(database, asked.scope, asked.studyInstanceUids);
  return results.map(({ protocol, provisional, outputs }) => {
    const known = catalog.find(({ id }) => id === protocol);
    return {
      title: known?.title[language] ?? protocol,
      isProvisional: provisional,
      outputs: outputs.map(({ id, value, unit }) => ({
        title: known?.outputs[id]?.title[language] ?? id,
        value: `${shownNumber(value, language)} ${shownUnit(unit, language)}`.trim(),
      })),
    };
  });
}

/** Pictures on a page, at most: one of each of the first series. */
const mostPictures = 6;

/** Segmentations are labels: alone they show nothing. */
const segmentation = "1.2.840.10008.5.1.4.1.1.66.4";

/** One image of each of the first series of a visitor's studies: the middle one, and its middle frame (one-based). */
export async function sharedPictures(
  archive: Archive,
  asked: { readonly scope: AccessScope; readonly studyInstanceUids: readonly string[] },
  isDeidentified: boolean,
): Promise<readonly { readonly instance: StoredInstance; readonly frame: number }[]> {
  const pictures: { readonly instance: StoredInstance; readonly frame: number }[] = [];
  for (const studyInstanceUid of asked.studyInstanceUids) {
    const series = new Map<string, StoredInstance[]>();
    for (const instance of await archive.instances(asked.scope, { studyInstanceUid })) {
      if (instance.numberOfFrames === 0 || instance.sopClassUid === segmentation) continue;
      const images = series.get(instance.seriesInstanceUid) ?? [];
      images.push(instance);
      series.set(instance.seriesInstanceUid, images);
    }
    for (const images of series.values()) {
      const instance = images[Math.floor(images.length / 2)];
      if (instance === undefined || pictures.length === mostPictures) break;
      if (isDeidentified && (await mayNameSomebody(archive, asked.scope, instance))) continue;
      pictures.push({ instance, frame: Math.floor(instance.numberOfFrames / 2) + 1 });
    }
  }
  return pictures;
}

/** Whether text may stand in the pixels. */
async function mayNameSomebody(archive: Archive, scope: AccessScope, instance: StoredInstance): Promise<boolean> {
  const [dataSet]: readonly DataSet[] = await archive.metadata(scope, instance);
  return dataSet === undefined || burnedInSuspicion(dataSet) !== undefined;
}
