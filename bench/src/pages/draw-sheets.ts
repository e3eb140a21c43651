import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { ShownPicture } from "./open-studies.ts";

const perSheet = 20;

/** Sheets of twenty pictures each, with what they are: `sheet-0.png` … */
export async function drawSheets(page: Page, pictures: readonly ShownPicture[], folder: string): Promise<void> {
  await page.setViewportSize({ width: 1500, height: 1240 });
  for (let first = 0; first < pictures.length; first += perSheet) {
    const cells = pictures
      .slice(first, first + perSheet)
      .map(
        ({ png, file, modality, images, error }, at) =>
          `<figure><img src="data:image/png;base64,${readFileSync(png).toString("base64")}"><figcaption>${first + at} ${escaped(
            `${file.split("/").slice(-2).join("/")} ${modality} ${images} ${error ?? ""}`,
          )}</figcaption></figure>`,
      );
    await page.setContent(
      `<style>body{margin:4px;display:grid;grid-template-columns:repeat(5,1fr);gap:4px;font:11px sans-serif}figure{margin:0}img{width:100%}figcaption{overflow-wrap:anywhere}</style>${cells.join("")}`,
    );
    await page.screenshot({ path: join(folder, `sheet-${first / perSheet}.png`) });
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
