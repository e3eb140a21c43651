import type { Language } from "@etalon/base";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { TextRecord, Texts, Translated } from "./define-texts.ts";

/** The page's language, and how to change it. */
export interface LanguageChoice {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: "en", setLanguage: () => {} });

/** Where the browser keeps what was chosen. */
const storageKey = "etalon-language";

/** Gives the page its language: the one chosen here before, else the browser's where it is French, else English. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(chosenLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(storageKey, language);
  }, [language]);
  const choice = useMemo(() => ({ language, setLanguage }), [language]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

/** The page's language, and how to change it. */
export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** The texts of a folder in the page's language. */
export function useTexts<T extends TextRecord>(texts: Texts<T>): Translated<T> {
  return texts[useLanguage().language];
}

function chosenLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (kept === "fr" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}
