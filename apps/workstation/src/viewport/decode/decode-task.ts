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

/** Whether somebody waits for a picture now, or it is read ahead of him. */
export type Urgency = "now" | "ahead";

/** What a worker is told. */
export type DecodeRequest =
  | { readonly kind: "decode"; readonly task: DecodeTask; readonly urgency: Urgency }
  | { readonly kind: "hurry"; readonly id: string }
  | { readonly kind: "forget-ahead" };
