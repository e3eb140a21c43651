import { encodeBase64 } from "@etalon/dicom";
import type { Block } from "../document/document.ts";
import { typeset } from "../text/typeset.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { lineHtml } from "./line-html.ts";

type Picture = Extract<Block, { kind: "picture" }>;

/** A picture inside the page, with what it shows in words. */
export function pictureHtml(picture: Picture, context: HtmlContext): string {
  const { png, widthPx, heightPx, alternative, caption } = picture;
  const { language } = context;
  const alt = escapeHtml(typeset(alternative[language], language));
  return `<figure class="picture"><img src="data:image/png;base64,${encodeBase64(png)}" width="${widthPx}" height="${heightPx}" alt="${alt}"><figcaption>${lineHtml(caption, context)}</figcaption></figure>`;
}
