import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { PdfAssetName } from "./pdf-asset-name.ts";

const require = createRequire(import.meta.url);

const files: Readonly<Record<PdfAssetName, () => string>> = {
  "typst.wasm": () => require.resolve("@myriaddreamin/typst-ts-web-compiler/wasm"),
  "source-sans-3-regular.ttf": () =>
    require.resolve("@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf"),
  "source-sans-3-semibold.ttf": () =>
    require.resolve("@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf"),
};

/** The bytes of a file that the PDF renderer needs, out of node_modules. */
export async function loadPdfAsset(name: PdfAssetName): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(files[name]());
}
