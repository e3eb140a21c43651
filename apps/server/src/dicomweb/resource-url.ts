import type { InstanceSelector } from "../archive/archive.ts";

/** The URL of a study, series or instance under the services' own (PS3.18 table 10.4.1-1). */
export function resourceUrl(baseUrl: string, resource: InstanceSelector): string {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = resource;
  const series = seriesInstanceUid === undefined ? "" : `/series/${seriesInstanceUid}`;
  const instance = sopInstanceUid === undefined ? "" : `/instances/${sopInstanceUid}`;
  return `${baseUrl}/studies/${studyInstanceUid}${series}${instance}`;
}
