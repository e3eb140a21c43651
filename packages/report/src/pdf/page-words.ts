import type { Language } from "@etalon/base";

/** Words that a printed page has and a document has not. */
export const pageWords: Readonly<
  Record<Language, { readonly [name in "page" | "reader" | "date" | "signature"]: string }>
> = {
  en: { page: "Page", reader: "Read and approved by", date: "Date", signature: "Signature" },
  fr: { page: "Page", reader: "Lu et validé par", date: "Date", signature: "Signature" },
};
