import type { Language } from "@etalon/base";
import { shareStyle } from "./share-style.ts";
import { type ShareEnding, shareTexts } from "./share-texts.ts";

/** A study as the page shows it; names and dates absent where it is shared without identity. */
export interface ShownStudy {
  readonly patient: string | undefined;
  readonly birthDate: string | undefined;
  readonly date: string | undefined;
  readonly description: string | undefined;
  readonly modalities: readonly string[];
  readonly images: number;
}

/** A result as the page shows it. */
export interface ShownResult {
  readonly title: string;
  readonly isProvisional: boolean;
  readonly outputs: readonly { readonly title: string; readonly value: string }[];
}

/** What the page of an opened share says. */
export interface SharePageParts {
  readonly language: Language;
  /** Path of the share without a slash at its end: "/share/…". */
  readonly path: string;
  readonly sharedBy: string | undefined;
  readonly note: string;
  readonly expiresAt: Date;
  readonly isDeidentified: boolean;
  readonly studies: readonly ShownStudy[];
  readonly results: readonly ShownResult[];
  readonly pictures: number;
  /** "125 MB", "125 Mo"; absent where it is not known before. */
  readonly size: string | undefined;
  readonly downloadsLeft: number | null;
  /** The viewer with this share; absent where its studies cannot be read by DICOMweb, or no page was built. */
  readonly viewerUrl: string | undefined;
}

/** The page of an opened share. */
export function sharePage(parts: SharePageParts): string {
  const { language, path, results, pictures, size, downloadsLeft, studies } = parts;
  const texts = shareTexts[language];
  const isOver = downloadsLeft === 0;
  return page(language, [
    ...heading(parts),
    ...(parts.isDeidentified ? [`<p class="soft">${escaped(texts.withoutIdentity)}</p>`] : []),
    ...(studies.length === 0 ? [`<div class="card"><p>${escaped(texts.empty)}</p></div>`] : []),
    ...studies.map((study) => studyCard(study, language)),
    ...(parts.viewerUrl === undefined || studies.length === 0
      ? []
      : [
          `<div class="card"><h2><a href="${escaped(parts.viewerUrl)}">${escaped(texts.view)}</a></h2>`,
          `<p class="soft">${escaped(texts.viewHint)}</p></div>`,
        ]),
    ...(results.length === 0 ? [] : [resultCard(results, language)]),
    ...(pictures === 0 ? [] : [pictureCard(parts)]),
    ...(studies.length === 0
      ? []
      : [
          `<div class="card"><h2>${escaped(texts.download)}</h2>`,
          `<p class="soft">${escaped(texts.downloadHint(size))}</p>`,
          ...(downloadsLeft === null ? [] : [`<p class="soft">${escaped(texts.downloadsLeft(downloadsLeft))}</p>`]),
          `<form method="post" action="${path}/download?lang=${language}">`,
          `<button${isOver ? " disabled" : ""}>${escaped(texts.download)}</button></form></div>`,
        ]),
  ]);
}

/** The page that asks for a share's password. It names nobody but who shared it. */
export function passwordPage(
  parts: Pick<SharePageParts, "language" | "path" | "sharedBy" | "expiresAt">,
  refused: { readonly kind: "wrong" } | { readonly kind: "too-many"; readonly minutes: number } | undefined,
): string {
  const texts = shareTexts[parts.language];
  const said =
    refused === undefined
      ? ""
      : `<p class="warn" role="alert">${escaped(refused.kind === "wrong" ? texts.wrongPassword : texts.tooMany(refused.minutes))}</p>`;
  return page(parts.language, [
    ...heading({ ...parts, note: "" }),
    `<div class="card"><p>${escaped(texts.passwordAsked)}</p>${said}`,
    `<form method="post" action="${parts.path}?lang=${parts.language}">`,
    `<label for="password">${escaped(texts.password)}</label>`,
    '<input id="password" name="password" type="password" autocomplete="off" required autofocus>',
    `<button>${escaped(texts.open)}</button></form></div>`,
  ]);
}

/** The page of a link that shows nothing. */
export function endingPage(language: Language, ending: ShareEnding): string {
  const [title, hint] = shareTexts[language].endings[ending];
  return page(language, [`<div class="card"><h1>${escaped(title)}</h1><p class="soft">${escaped(hint)}</p></div>`]);
}

function heading({
  language,
  sharedBy,
  note,
  expiresAt,
}: Pick<SharePageParts, "language" | "sharedBy" | "note" | "expiresAt">): readonly string[] {
  const texts = shareTexts[language];
  const moment = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(expiresAt);
  return [
    `<h1>${escaped(texts.heading)}</h1>`,
    ...(sharedBy === undefined ? [] : [`<p>${escaped(texts.sharedBy(sharedBy))}</p>`]),
    `<p class="soft">${escaped(texts.until(moment))}</p>`,
    ...(note === "" ? [] : [`<blockquote>${escaped(note)}</blockquote>`]),
  ];
}

function studyCard(study: ShownStudy, language: Language): string {
  const texts = shareTexts[language];
  const { patient, birthDate, date, description, modalities, images } = study;
  const born =
    birthDate === undefined ? "" : `<p class="soft">${escaped(texts.born(shownDate(birthDate, language)))}</p>`;
  const what = [
    date === undefined ? undefined : shownDate(date, language),
    description,
    modalities.join(", "),
    texts.images(images),
  ];
  const line = (words: readonly (string | undefined)[]): string =>
    escaped(words.filter((word) => word !== undefined && word !== "").join(" · "));
  return `<div class="card"><h2>${escaped(patient ?? texts.unnamed)}</h2>${born}<p class="soft">${line(what)}</p></div>`;
}

function resultCard(results: readonly ShownResult[], language: Language): string {
  const texts = shareTexts[language];
  const tables = results.map(({ title, isProvisional, outputs }) => {
    const note = isProvisional ? `<p class="soft">${escaped(texts.provisional)}</p>` : "";
    const rows = outputs.map((output) => `<tr><td>${escaped(output.title)}</td><td>${escaped(output.value)}</td></tr>`);
    return `<h3>${escaped(title)}</h3>${note}<table>${rows.join("")}</table>`;
  });
  return `<div class="card"><h2>${escaped(texts.results)}</h2>${tables.join("")}</div>`;
}

function pictureCard({ language, path, pictures }: Pick<SharePageParts, "language" | "path" | "pictures">): string {
  const texts = shareTexts[language];
  const images = Array.from({ length: pictures }, (_, index) => {
    const name = escaped(texts.picture(index + 1));
    return `<img src="${path}/pictures/${index + 1}" alt="${name}" loading="lazy">`;
  });
  return `<div class="card"><h2>${escaped(texts.pictures)}</h2><div class="pictures">${images.join("")}</div></div>`;
}

function page(language: Language, body: readonly string[]): string {
  const texts = shareTexts[language];
  const other = language === "fr" ? "en" : "fr";
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${escaped(texts.heading)}</title><style>${shareStyle}</style></head><body><main>`,
    `<div class="top"><strong>Etalon</strong><a href="?lang=${other}" hreflang="${other}" lang="${other}">${texts.otherLanguage}</a></div>`,
    ...body,
    `<footer>${escaped(texts.footer)}</footer></main></body></html>`,
  ].join("\n");
}

/** A DICOM date in words; what is none, as it stands. */
function shownDate(date: string, language: Language): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const when = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(when.getTime())) return date;
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(when);
  // The first of a month is an ordinal in French, which Intl does not know.
  return language === "fr" ? shown.replace(/^1 /, "1er ") : shown;
}

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
}
