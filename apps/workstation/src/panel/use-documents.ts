import type { GivenFact } from "@etalon/decide";
import type { ChosenPicture } from "@etalon/report";
import { useEffect, useState } from "react";
import type { ReadingState } from "../api/readings.ts";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import type { Measuring } from "../measuring/create-measuring.ts";
import type { DocumentRequest, Documents, Measured } from "../measuring/measuring-messages.ts";
import { useLanguage } from "../text/language.tsx";

/** Milliseconds in which edits are gathered: the next one is measured before the documents on this one are made. */
const gatherMs = 300;

/** Verdicts, charts and report of a result, made anew when facts or texts change; the last ones until then. */
export function useDocuments(
  measuring: Measuring,
  measured: Measured | undefined,
  {
    draft,
    sensitiveFacts,
    state,
    pictures,
  }: {
    readonly draft: ReadingDraft;
    readonly sensitiveFacts: readonly GivenFact[];
    readonly state: ReadingState | undefined;
    readonly pictures: readonly ChosenPicture[];
  },
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
      const signed = signatureOf(state);
      const request = { facts: all, language, pageLanguage, sections, pictures, ...signed, createdAt };
      // What the facts contradict is said beside their fields; the documents of before stay.
      const made = await measuring.documents(request).catch(() => undefined);
      if (!isOver && made !== undefined && made !== "superseded") setDocuments(made);
    }, gatherMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [measuring, measured, facts, sensitiveFacts, sections, language, pageLanguage, state, pictures]);
  return documents;
}

function signatureOf(state: ReadingState | undefined): Pick<DocumentRequest, "signature" | "addenda"> {
  const addenda = (state?.addenda ?? []).map(({ text, language, at, by }) => ({ text, language, at, name: by.name }));
  const signature = state?.signature ?? null;
  if (signature === null) return { addenda };
  const { signedAt, by, organization } = signature;
  return { addenda, signature: { at: signedAt, name: by.name, ...(organization === null ? {} : { organization }) } };
}
