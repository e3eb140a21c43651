const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as HTML writes it in content and in quoted attributes. Control characters that HTML cannot hold are left out. */
export function escapeHtml(text: string): string {
  return text.replace(CONTROL, "").replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** C0 and C1 controls but tab, line feed and carriage return; lone surrogates cannot be written as UTF-8 either. */
const CONTROL = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;
