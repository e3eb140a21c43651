import { type ArchiveMeasure, secondsOf, timeInTurns } from "./archive-measure.ts";
import { readJson, send } from "./http-client.ts";
import type { Storing } from "./measure-storing.ts";

/** Metadata of the series, as a viewer asks for it before the first image. */
export async function measureMetadata({ etalon, orthanc, slices, rounds }: Storing): Promise<ArchiveMeasure> {
  const path = `studies/${slices.studyInstanceUid}/series/${slices.seriesInstanceUid}/metadata`;
  const [series] = await identifiers(`${orthanc.restUrl}/series`);
  const read = (url: string) => secondsOf(() => expectAll(url, slices.files.length));
  const timings = await timeInTurns(
    [
      { name: "Etalon, WADO-RS metadata", run: () => read(`${etalon.dicomwebUrl}/${path}`) },
      { name: "Orthanc, WADO-RS metadata", run: () => read(`${orthanc.dicomwebUrl}/${path}`) },
      { name: "Orthanc, instances-tags", run: () => read(`${orthanc.restUrl}/series/${series}/instances-tags`) },
    ],
    rounds,
  );
  return {
    title: `Metadata of a series of ${slices.files.length} instances`,
    work: "One request; for Orthanc also its own JSON, `/series/{id}/instances-tags`.",
    aim: 10,
    timings,
  };
}

/** Every frame of the series, one request after the other on one connection. */
export async function measureFrames({ etalon, orthanc, slices, rounds }: Storing): Promise<ArchiveMeasure> {
  const series = `studies/${slices.studyInstanceUid}/series/${slices.seriesInstanceUid}`;
  const paths = slices.sopInstanceUids.map((uid) => `${series}/instances/${uid}/frames/1`);
  const ids = await identifiers(`${orthanc.restUrl}/instances`);
  const accept = 'multipart/related; type="application/octet-stream"';
  const readAll = (urls: readonly string[], headers: Readonly<Record<string, string>>) =>
    secondsOf(async () => {
      for (const url of urls) {
        const { bytes } = await send(url, headers);
        if (bytes < framePixelBytes) throw new Error(`${url} has ${bytes} bytes`);
      }
    });
  const dicomweb = (base: string) => () =>
    readAll(
      paths.map((path) => `${base}/${path}`),
      { accept },
    );
  const raw = ids.map((id) => `${orthanc.restUrl}/instances/${id}/frames/0/raw`);
  const timings = await timeInTurns(
    [
      { name: "Etalon, WADO-RS frames", run: dicomweb(etalon.dicomwebUrl) },
      { name: "Orthanc, WADO-RS frames", run: dicomweb(orthanc.dicomwebUrl) },
      { name: "Orthanc, frames/0/raw", run: () => readAll(raw, {}) },
    ],
    rounds,
  );
  return {
    title: `${slices.files.length} frames, one request each`,
    work: "Frames of 512 × 512 pixels of 16 bits, one request after the other on one connection; for Orthanc also its own `/instances/{id}/frames/0/raw`.",
    aim: 1.5,
    timings,
    bytes: slices.files.length * framePixelBytes,
  };
}

const framePixelBytes = 512 * 512 * 2;

async function expectAll(url: string, count: number): Promise<void> {
  const { body } = await send(url, { accept: "application/dicom+json" });
  // Counted without reading the JSON, which would cost the same for both: SOPInstanceUID stands once in each.
  const found = body.toString("latin1").match(/"00080018"|"0008,0018"/g)?.length;
  if (found !== count) throw new Error(`${url} has ${found} of ${count} instances`);
}

async function identifiers(url: string): Promise<string[]> {
  const list = await readJson(url);
  if (!Array.isArray(list)) throw new Error(`${url} is no list`);
  return list.map(String);
}
