import type { Language } from "@etalon/base";

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  fr: [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
  ],
};

/** A day as a document prints it: "4 March 2026", "4 mars 2026", "1er mars 2026". What is not YYYY-MM-DD stays as written. */
export function shownDay(day: string, language: Language): string {
  const [, year = "", month = "", date = ""] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  const name = MONTHS[language][Number(month) - 1];
  if (name === undefined) return day;
  const number = Number(date);
  return `${number}${language === "fr" && number === 1 ? "er" : ""}\u00a0${name}\u00a0${year}`;
}
