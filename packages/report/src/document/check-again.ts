/**
 * House rule: what a verdict rests on is looked up again after a year, since guidelines and their errata appear yearly.
 * Declared here and nowhere else; packs state the day of the last check only.
 */
const CHECK_AGAIN_AFTER_MONTHS = 12;

/** The day a source should be checked again, YYYY-MM-DD, from the day of its last check; the last day of a shorter month. */
export function checkAgainDay(lastChecked: string): string {
  const [year = 0, month = 1, date = 1] = lastChecked.split("-").map(Number);
  const months = year * 12 + (month - 1) + CHECK_AGAIN_AFTER_MONTHS;
  const [nextYear, nextMonth] = [Math.floor(months / 12), (months % 12) + 1];
  const isLeap = (nextYear % 4 === 0 && nextYear % 100 !== 0) || nextYear % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][nextMonth - 1] ?? 31;
  return [nextYear, nextMonth, Math.min(date, days)].map((part) => String(part).padStart(2, "0")).join("-");
}
