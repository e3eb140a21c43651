import type { PdfAssetName } from "./pdf-asset-name.ts";

/** The bytes of a file that the PDF renderer needs, which the page serves as `pdf-assets/<name>` beside itself (a worker: beside its script). */
export async function loadPdfAsset(name: PdfAssetName): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`pdf-assets/${name}`, self.location.href);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
