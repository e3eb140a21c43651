const datePattern = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/;
const dateTimePattern = /^(\d{4})(\d{2})?(\d{2})?(.*)$/;

/**
 * A DA value so many days later, "YYYYMMDD"; `undefined` for what is no date. Also reads the form with points of
 * ACR-NEMA (PS3.5 table 6.2-1).
 */
export function shiftDate(value: string, days: number): string | undefined {
  const match = datePattern.exec(value.trim());
  if (match === null) return undefined;
  return shifted([Number(match[1]), Number(match[2]), Number(match[3])], days);
}

/**
 * A DT value so many days later, its time and zone as they were; `undefined` for what is none. A value that says less
 * than the day is shifted from its middle (1 July, the 15th) and says as little afterwards.
 */
export function shiftDateTime(value: string, days: number): string | undefined {
  const match = dateTimePattern.exec(value.trim());
  if (match === null) return undefined;
  const [, year, month, day, rest = ""] = match;
  if (!/^(\d{2}){0,3}(\.\d{1,6})?([+-]\d{4})?$/.test(rest)) return undefined;
  const date = shifted([Number(year), Number(month ?? 7), Number(day ?? (month === undefined ? 1 : 15))], days);
  if (date === undefined) return undefined;
  const digits = day !== undefined ? 8 : month !== undefined ? 6 : 4;
  return date.slice(0, digits) + rest;
}

type Calendar = readonly [year: number, month: number, day: number];

function shifted(date: Calendar, days: number): string | undefined {
  const serial = serialOf(date);
  const [year, month, day] = calendarOf(serial);
  const isDate = year === date[0] && month === date[1] && day === date[2];
  if (!isDate) return undefined;
  const [newYear, newMonth, newDay] = calendarOf(serial + days);
  if (newYear < 1 || newYear > 9999) return undefined;
  return `${String(newYear).padStart(4, "0")}${String(newMonth).padStart(2, "0")}${String(newDay).padStart(2, "0")}`;
}

const daysOfEra = 146097;
const yearsOfEra = 400;

/** Days since 1 March of year 0 in the Gregorian calendar: years that start in March end with the day that leaps. */
function serialOf([year, month, day]: Calendar): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / yearsOfEra);
  const yearOfEra = marchYear - era * yearsOfEra;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * daysOfEra + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
}

function calendarOf(serial: number): Calendar {
  const era = Math.floor(serial / daysOfEra);
  const dayOfEra = serial - era * daysOfEra;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return [yearOfEra + era * yearsOfEra + (month <= 2 ? 1 : 0), month, day];
}
