/** What the PDF renderer needs besides code: the Typst compiler and the faces of Source Sans 3, by file name. */
export const pdfAssetNames = ["typst.wasm", "source-sans-3-regular.ttf", "source-sans-3-semibold.ttf"] as const;

/** The file name of one of them. */
export type PdfAssetName = (typeof pdfAssetNames)[number];
