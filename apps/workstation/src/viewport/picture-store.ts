import { authorizationHeaders } from "../api/authorization.ts";
import { serverUrl } from "../api/server-url.ts";
import { localFile } from "../picture/local-file.ts";
import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { createDecodePool } from "./decode/decode-pool.ts";

/** By the picture's id. */
const decoded = new Map<string, DecodedPicture>();
const loading = new Map<string, Promise<DecodedPicture>>();
const forgotten = new Set<() => void>();

const pool = createDecodePool(
  () => new Worker(new URL("./decode/decode-worker.ts", import.meta.url), { type: "module" }),
);

/** Starts what decodes before there is a picture: it is ready when the first is known. */
export function prepareDecoding(): void {
  pool.prepare();
}

/** The values of a picture that is loaded. */
export function loadedPicture({ id }: Pick<Picture, "id">): DecodedPicture | undefined {
  return decoded.get(id);
}

/** Loads a picture before it is asked for. @throws what its bytes are refused for, `offline` where nothing answers */
export function loadAhead(picture: Picture): Promise<DecodedPicture> {
  return load(picture, "ahead");
}

/** Loads a picture that somebody waits for. @throws what its bytes are refused for, `offline` where nothing answers */
export function loadNow(picture: Picture): Promise<DecodedPicture> {
  pool.hurry(picture.id);
  return load(picture, "now");
}

/** Settles when no picture is loaded any more. */
export function whenAllLoaded(): Promise<void> {
  return pool.whenIdle();
}

/** Forgets the pictures of a study that is closed. */
export function forgetPictures(): void {
  pool.forgetAhead();
  decoded.clear();
  for (const listener of forgotten) listener();
}

/** Calls back whenever pictures are forgotten, for as long as the page lives. */
export function onForgotten(listener: () => void): void {
  forgotten.add(listener);
}

function load(picture: Picture, urgency: "now" | "ahead"): Promise<DecodedPicture> {
  const { id, header, frame, pixelModule, tableUrls } = picture;
  const there = decoded.get(id);
  if (there !== undefined) return Promise.resolve(there);
  const underWay = loading.get(id);
  if (underWay !== undefined) return underWay;
  const file = localFile(header.sopInstanceUid);
  const task = {
    id,
    url: serverUrl(picture.path),
    headers: authorizationHeaders(),
    picture: { header, frame, pixelModule, tableUrls },
    ...(file === undefined ? {} : { file }),
  };
  const promise = pool.decode(task, urgency).then((values) => {
    decoded.set(id, values);
    return values;
  });
  const settled = promise.finally(() => loading.delete(id));
  loading.set(id, settled);
  return settled;
}
