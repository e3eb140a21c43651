import { bytesSource, readInstanceHeader, readPart10 } from "@etalon/dicom";
import { multipartBody, multipartType } from "./multipart-body.ts";

/** Stores a file at "…/dicom-web". @returns the path of its instance: "/studies/…/series/…/instances/…" */
export async function storeFile(url: string, bytes: Uint8Array): Promise<string> {
  const answer = await fetch(`${url}/studies`, {
    method: "POST",
    headers: { "content-type": multipartType },
    body: new Uint8Array(multipartBody([{ bytes }])),
  });
  if (answer.status !== 200) throw new Error(`STOW answered ${answer.status}: ${await answer.text()}`);
  const part10 = await readPart10(bytesSource("file", bytes), { until: "pixel-data" });
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = readInstanceHeader(part10, "file");
  return `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
}
