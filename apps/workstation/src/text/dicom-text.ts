import type { Language } from "@etalon/base";
import type { DataSet, ElementValue, PersonName } from "@etalon/dicom";

/** A person name as people read it: "DUPONT, Marie". Empty where there is none. */
export function personName(dataSet: DataSet, tag: string): string {
  const value = dataSet[tag]?.Value?.[0];
  if (!isPersonName(value)) return typeof value === "string" ? spoken(value) : "";
  return spoken(value.Alphabetic ?? value.Ideographic ?? value.Phonetic ?? "");
}

function isPersonName(value: ElementValue | undefined): value is PersonName {
  return typeof value === "object" && value !== null && ("Alphabetic" in value || "Ideographic" in value);
}

function spoken(name: string): string {
  const [family = "", given = "", middle = ""] = name.split("^");
  const rest = [given, middle].filter((part) => part !== "").join(" ");
  return [family, rest].filter((part) => part !== "").join(", ");
}

/** A DICOM date as the language writes it: 29/02/2024, 2024-02-29. What is none comes as it is. */
export function dicomDate(date: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return date;
  return language === "fr" ? `${day}/${month}/${year}` : `${year}-${month}-${day}`;
}

/** A DICOM time to the minute: 14:05. */
export function dicomTime(time: string): string {
  const [, hours, minutes] = /^(\d{2}):?(\d{2})/.exec(time) ?? [];
  return hours === undefined ? "" : `${hours}:${minutes}`;
}

/** A number as the language writes it: 1028,1 in French. */
export function numberText(value: number, language: Language, digits = 0): string {
  const key = `${language}${digits}`;
  const format = formats.get(key) ?? numberFormat(language, digits);
  formats.set(key, format);
  return format.format(value);
}

/** Formats by language and digits: making one takes longer than a hundred numbers. */
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language === "fr" ? "fr-FR" : "en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });
}
