import { createCodecSet, type DataSet, decodeFrame } from "@etalon/dicom";
import type { DecodedPicture } from "../../picture/picture.ts";
import type { DecodeTask } from "./decode-task.ts";
import { pictureValues } from "./picture-values.ts";
import { storedFrame } from "./stored-frame.ts";

/** What a worker answers: the picture, or why there is none. */
export type DecodeAnswer =
  | { readonly id: string; readonly picture: DecodedPicture }
  | { readonly id: string; readonly error: string; readonly isOffline: boolean };

const codecs = createCodecSet();

self.addEventListener("message", async ({ data }: MessageEvent<DecodeTask>) => {
  const { id } = data;
  try {
    const picture = await decode(data);
    const answer: DecodeAnswer = { id, picture };
    self.postMessage(answer, { transfer: [picture.values.buffer] });
  } catch (error) {
    // fetch() says so where nothing answers.
    const isOffline = error instanceof TypeError && /fetch|network/i.test(error.message);
    const answer: DecodeAnswer = { id, error: error instanceof Error ? error.message : String(error), isOffline };
    self.postMessage(answer);
  }
});

async function decode(task: DecodeTask): Promise<DecodedPicture> {
  const [answer, tables] = await Promise.all([
    fetched(task.url, "application/octet-stream; transfer-syntax=*"),
    colourTables(task.picture.tableUrls),
  ]);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { source, part10, header } = storedFrame(task, bytes, answer.headers.get("content-type") ?? "");
  const pixels = await decodeFrame(source, part10, { header, frameIndex: 0, codecs });
  return pictureValues(pixels, task.picture, { ...task.picture.pixelModule, ...tables });
}

async function fetched(url: string, accept: string): Promise<Response> {
  const answer = await fetch(url, { headers: { accept }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer;
}

/** Colour tables by their address: all frames of a clip share them. */
const tablesByUrl = new Map<string, Promise<Uint8Array>>();

async function colourTables(urls: DecodeTask["picture"]["tableUrls"]): Promise<DataSet> {
  const tables = Object.entries(urls).map(async ([tag, url]) => {
    const known = tablesByUrl.get(url) ?? readTable(url);
    tablesByUrl.set(url, known);
    known.catch(() => tablesByUrl.delete(url));
    return [tag, { vr: "OW", bytes: await known }] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

async function readTable(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetched(url, "application/octet-stream")).arrayBuffer());
}
