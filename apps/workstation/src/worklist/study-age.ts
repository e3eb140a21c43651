/** How long ago a study was made, in the largest unit that it fills. */
export interface StudyAge {
  readonly count: number;
  readonly unit: "minutes" | "hours" | "days" | "years";
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Mean length of a Gregorian year. */
const yearMs = 365.2425 * dayMs;

/** The age of a study of a DICOM date and time, in local time; nothing without a date or for one to come. */
export function studyAge(date: string, time: string, now: Date): StudyAge | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const [, hours = "0", minutes = "0"] = /^(\d{2}):?(\d{2})/.exec(time) ?? [];
  const made = new Date(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes));
  const ageMs = now.getTime() - made.getTime();
  if (!(ageMs >= 0)) return undefined;
  if (ageMs < hourMs) return { count: Math.floor(ageMs / minuteMs), unit: "minutes" };
  if (ageMs < 2 * dayMs) return { count: Math.floor(ageMs / hourMs), unit: "hours" };
  if (ageMs < 2 * yearMs) return { count: Math.floor(ageMs / dayMs), unit: "days" };
  return { count: Math.floor(ageMs / yearMs), unit: "years" };
}
