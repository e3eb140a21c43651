import type { Language } from "@etalon/base";

/** A text, or one that is made of what is filled in. */
export type Say = string | ((...filled: never[]) => string);

/** The texts of one folder in one language, by name. */
export type TextRecord = Readonly<Record<string, Say>>;

/** What French must say where English says this: the same names, filled with the same. */
export type Translated<T extends TextRecord> = {
  readonly [Name in keyof T]: T[Name] extends string ? string : T[Name];
};

/** The texts of one folder in every language. */
export type Texts<T extends TextRecord> = Readonly<Record<Language, Translated<T>>>;

/** The texts of a folder. A name that one of the languages lacks does not compile. */
export function defineTexts<T extends TextRecord>(english: T, french: Translated<T>): Texts<T> {
  return { en: english as Translated<T>, fr: french };
}
