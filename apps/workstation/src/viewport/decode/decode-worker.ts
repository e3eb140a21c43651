import { createCodecSet, type DataSet, decodeFrame, readPart10 } from "@etalon/dicom";
import { blobSource } from "../../picture/blob-source.ts";
import type { DecodedPicture } from "../../picture/picture.ts";
import type { DecodeRequest, DecodeTask } from "./decode-task.ts";
import { pictureValues } from "./picture-values.ts";
import { storedFrame } from "./stored-frame.ts";
import { createTaskQueue } from "./task-queue.ts";

/** What a worker answers: the picture, or why there is none. */
export type DecodeAnswer =
  | { readonly id: string; readonly picture: DecodedPicture }
  | { readonly id: string; readonly error: string; readonly isOffline: boolean };

const codecs = createCodecSet();

/** Tasks at once: the network brings the next while one is decoded. */
const atOnce = 3;

const queue = createTaskQueue(run, atOnce);

self.addEventListener("message", ({ data }: MessageEvent<DecodeRequest>) => {
  if (data.kind === "decode") queue.add(data.task, data.urgency);
  else if (data.kind === "hurry") queue.hurry(data.id);
  else for (const { id } of queue.forgetAhead()) answer({ id, error: "no longer needed", isOffline: false });
});

async function run(task: DecodeTask): Promise<void> {
  const { id } = task;
  try {
    const picture = await decode(task);
    answer({ id, picture }, [picture.values.buffer]);
  } catch (error) {
    // fetch() says so where nothing answers.
    const isOffline = error instanceof TypeError && /fetch|network/i.test(error.message);
    answer({ id, error: error instanceof Error ? error.message : String(error), isOffline });
  }
}

function answer(said: DecodeAnswer, transfer: Transferable[] = []): void {
  self.postMessage(said, { transfer });
}

async function decode(task: DecodeTask): Promise<DecodedPicture> {
  if (task.file !== undefined) return decodeFile(task, task.file);
  const [answer, tables] = await Promise.all([
    fetched(task.url, "application/octet-stream; transfer-syntax=*", task.headers),
    colourTables(task.picture.tableUrls, task.headers),
  ]);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { source, part10, header } = storedFrame(task, bytes, answer.headers.get("content-type") ?? "");
  const pixels = await decodeFrame(source, part10, { header, frameIndex: 0, codecs });
  return pictureValues(pixels, task.picture, { ...task.picture.pixelModule, ...tables });
}

async function decodeFile({ id, picture }: DecodeTask, file: Blob): Promise<DecodedPicture> {
  const source = blobSource(id, file);
  const part10 = await readPart10(source, { until: "pixel-data" });
  const { header, frame } = picture;
  const pixels = await decodeFrame(source, part10, { header, frameIndex: frame.frameIndex, codecs });
  return pictureValues(pixels, picture, part10.dataSet);
}

async function fetched(url: string, accept: string, said: DecodeTask["headers"]): Promise<Response> {
  const asked = (type: string): Promise<Response> =>
    fetch(url, { headers: { ...said, accept: type }, credentials: "same-origin" });
  const first = await asked(accept);
  // What is stored in an order that no page asks for is given in the usual one.
  const answer = first.status === 406 ? await asked("application/octet-stream") : first;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer;
}

/** Colour tables by their address: all frames of a clip share them. */
const tablesByUrl = new Map<string, Promise<Uint8Array>>();

async function colourTables(urls: DecodeTask["picture"]["tableUrls"], said: DecodeTask["headers"]): Promise<DataSet> {
  const tables = Object.entries(urls).map(async ([tag, url]) => {
    const known = tablesByUrl.get(url) ?? readTable(url, said);
    tablesByUrl.set(url, known);
    known.catch(() => tablesByUrl.delete(url));
    return [tag, { vr: "OW", bytes: await known }] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

async function readTable(url: string, said: DecodeTask["headers"]): Promise<Uint8Array> {
  return new Uint8Array(await (await fetched(url, "application/octet-stream", said)).arrayBuffer());
}
