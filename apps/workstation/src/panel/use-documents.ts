import type { GivenFact } from "@etalon/decide";
import { useEffect, useState } from "react";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import type { Measuring } from "../measuring/create-measuring.ts";
import type { Documents, Measured } from "../measuring/measuring-messages.ts";
import { useLanguage } from "../text/language.tsx";

/** Milliseconds in which edits are gathered: the next one is measured before the documents on this one are made. */
const gatherMs = 300;

/** Verdicts, charts and report of a result, made anew when facts or texts change; the last ones until then. */
export function useDocuments(
  measuring: Measuring,
  measured: Measured | undefined,
  { draft, sensitiveFacts }: { readonly draft: ReadingDraft; readonly sensitiveFacts: readonly GivenFact[] },
): Documents | undefined {
  const [documents, setDocuments] = useState<Documents>();
  const { language: pageLanguage } = useLanguage();
  const { facts, sections } = draft;
  const language = draft.language ?? pageLanguage;
  useEffect(() => {
    if (measured === undefined) {
      setDocuments(undefined);
      return;
    }
    let isOver = false;
    const timer = setTimeout(async () => {
      const createdAt = new Date().toISOString();
      const all = [...facts, ...sensitiveFacts];
      const request = { facts: all, language, pageLanguage, sections, pictures: [], addenda: [], createdAt };
      // What the facts contradict is said beside their fields; the documents of before stay.
      const made = await measuring.documents(request).catch(() => undefined);
      if (!isOver && made !== undefined && made !== "superseded") setDocuments(made);
    }, gatherMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [measuring, measured, facts, sensitiveFacts, sections, language, pageLanguage]);
  return documents;
}
