/**
 * A DICOM date (YYYYMMDD) as FHIR writes it (YYYY-MM-DD); `undefined` for a day that no calendar has, as 20230231. A DICOM
 * time is never added: it has no time zone, and FHIR's needs one.
 */
export function fhirDay(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? "") ?? [];
  if (year === undefined || month === undefined || day === undefined || year === "0000") return undefined;
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  return Number(day) >= 1 && Number(day) <= days ? `${year}-${month}-${day}` : undefined;
}
