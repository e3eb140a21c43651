import type { Language } from "@etalon/base";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A day, YYYY-MM-DD, as people write it: "22 November 2026", « 22/11/2026 ». */
export function dayText(day: string, language: Language): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return language === "fr"
    ? `${date}/${month}/${year}`
    : `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
