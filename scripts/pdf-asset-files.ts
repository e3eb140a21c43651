import { loadPdfAsset } from "../packages/report/src/pdf/pdf-asset.node.ts";
import { pdfAssetNames } from "../packages/report/src/pdf/pdf-asset-name.ts";

/** The PDF renderer's compiler and faces by the path under which a bundle or a page looks for them. */
export async function pdfAssetFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of pdfAssetNames) files.set(`pdf-assets/${name}`, await loadPdfAsset(name));
  return files;
}
