import { dataSetOf, writePart10 } from "@etalon/dicom";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makePicturesHere } from "../../pictures/make-pictures-here.ts";
import { createMemoryArchive } from "../testing/memory-archive.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";
import { storeFile } from "../testing/store-file.ts";

/** In Implicit VR: given in Explicit VR it is written anew. */
const implicit = writePart10(
  dataSetOf({
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
    SOPInstanceUID: "1.2.3.3",
    StudyInstanceUID: "1.2.3.1",
    SeriesInstanceUID: "1.2.3.2",
    Rows: 2,
    Columns: 2,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: Uint8Array.of(1, 0, 2, 0, 3, 0, 0, 1),
  }),
  { transferSyntaxUid: "1.2.840.10008.1.2" },
);

let served: ServedDicomweb;
/** What was read of the stored file, decoded or drawn. */
let work: string[] = [];
let path = "";

beforeAll(async () => {
  const archive = createMemoryArchive();
  const here = makePicturesHere();
  served = await serveDicomweb({
    archive: {
      ...archive,
      open: (...asked) => {
        work.push("open");
        return archive.open(...asked);
      },
      frame: (...asked) => {
        work.push("frame");
        return archive.frame(...asked);
      },
    },
    pictures: {
      ...here,
      draw: (drawing) => {
        work.push("draw");
        return here.draw(drawing);
      },
    },
  });
  path = await storeFile(served.url, implicit);
});
afterAll(() => served.app.close());

it.each([
  ["", "application/dicom"],
  ["/rendered", "image/png"],
  ["/thumbnail", "image/jpeg"],
  ["/frames/1", "application/octet-stream"],
  ["/frames/1/rendered", 'multipart/related; type="image/png"'],
])("of %s as %s nothing is read, decoded or drawn for who has it", async (resource, accept) => {
  const ask = (tag?: string): Promise<Response> =>
    fetch(`${served.url}${path}${resource}`, {
      headers: { accept, ...(tag === undefined ? {} : { "if-none-match": tag }) },
    });
  work = [];
  const first = await ask();
  await first.arrayBuffer();
  expect(first.status).toBe(200);
  expect(work).not.toEqual([]);
  work = [];
  const again = await ask(first.headers.get("etag") ?? "");
  expect([again.status, again.headers.get("etag"), work]).toEqual([304, first.headers.get("etag"), []]);
});
