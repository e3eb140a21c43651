import type { OpenedStack } from "./open-stacks.ts";

/** A tile of the contact sheet. */
export interface Tile extends Omit<OpenedStack, "stackId"> {
  readonly name: string;
  readonly syntax: string;
}

/** How many tiles a page holds. */
export const tilesPerPage = 12;

/** A page of tiles as HTML. */
export function contactPage(tiles: readonly Tile[]): string {
  const cells = tiles.map(
    ({ name, syntax, modality, pictures, firstMs, error, picture }) => `<figure>
<img src="data:image/jpeg;base64,${picture.toString("base64")}">
<figcaption>${escaped(name)}<br>${escaped(`${modality} · ${syntax} · ${pictures} · ${firstMs?.toFixed(0) ?? "—"} ms`)} ${escaped(error ?? "")}</figcaption></figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 4px; background: #222; color: #eee; font: 12px sans-serif; display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px; }
figure { margin: 0; } img { width: 100%; display: block; } figcaption { overflow-wrap: anywhere; }
</style>${cells.join("\n")}`;
}

/** The table of all that was opened, Markdown. */
export function contactTable(tiles: readonly Tile[]): string {
  const rows = tiles.map(
    ({ name, modality, syntax, pictures, firstMs, error }) =>
      `| ${name} | ${modality} | ${syntax} | ${pictures} | ${error === undefined ? "yes" : "no"} | ${firstMs?.toFixed(0) ?? "—"} | ${(error ?? "").replaceAll("|", "/")} |`,
  );
  return [
    "| image | modality | transfer syntax | pictures | opens | ms to the first image | remark |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
