import { numberOf, textOf } from "@etalon/dicom";
import { refusalOf, requestJson, send } from "./request.ts";
import { dataSetsOf } from "./studies.ts";

/** A series as the reading room lists it. */
export interface SeriesSummary {
  readonly seriesInstanceUid: string;
  readonly number: number | undefined;
  readonly modality: string;
  readonly description: string;
  readonly instanceCount: number;
}

/** The series of a study, by number. @throws {ApiError} */
export async function findSeries(studyInstanceUid: string): Promise<readonly SeriesSummary[]> {
  const answer = await send(`dicom-web/studies/${studyInstanceUid}/series?includefield=SeriesDescription`);
  if (!answer.ok) throw await refusalOf(answer);
  return dataSetsOf(await answer.json()).map((dataSet) => ({
    seriesInstanceUid: textOf(dataSet, "0020000E") ?? "",
    number: numberOf(dataSet, "00200011"),
    modality: textOf(dataSet, "00080060") ?? "",
    description: textOf(dataSet, "0008103E") ?? "",
    instanceCount: numberOf(dataSet, "00201209") ?? 0,
  }));
}

/** The metadata of a series: DICOM JSON of each object without its pixels. @throws {ApiError} */
export async function readSeriesMetadata(study: string, series: string): Promise<unknown> {
  return requestJson(`dicom-web/studies/${study}/series/${series}/metadata`, {
    headers: { accept: "application/dicom+json" },
  });
}
