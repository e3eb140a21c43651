export { createPdfRenderer, type PdfRenderer } from "./create-pdf-renderer.ts";
export { type PdfAssetName, pdfAssetNames } from "./pdf-asset-name.ts";
