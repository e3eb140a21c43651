import type { Language } from "@etalon/base";
import type { Origin } from "../document/document.ts";
import { originId } from "../document/origin-id.ts";

/** What the parts of one page share. */
export interface HtmlContext {
  readonly language: Language;
  /** The id of one more showing of a number: its origin's id, then with `~2`, `~3` … where it is shown again. */
  readonly takeId: (origin: Origin) => string;
}

/** The context of one page. */
export function createHtmlContext(language: Language): HtmlContext {
  const shown = new Map<string, number>();
  return {
    language,
    takeId: (origin) => {
      const id = originId(origin);
      const times = (shown.get(id) ?? 0) + 1;
      shown.set(id, times);
      return times === 1 ? id : `${id}~${times}`;
    },
  };
}
