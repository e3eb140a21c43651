import type { Picture } from "../../picture/picture.ts";

/** What a worker is asked: to fetch the stored bytes of a picture, and to decode them. */
export interface DecodeTask {
  readonly id: string;
  readonly url: string;
  /** Who asks, where no cookie says it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The file of an object that no server holds: then nothing is fetched. */
  readonly file?: Blob;
  readonly picture: Pick<Picture, "header" | "frame" | "pixelModule" | "tableUrls">;
}
