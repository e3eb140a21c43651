import type { Fact } from "@etalon/decide";
import type { StudyContext } from "@etalon/dicom";

/**
 * What an image's header says of the person: age in completed years on the day of the study, and sex. Age comes from birth
 * date and study date, else from PatientAge. Sex "O" is no fact here. Nothing else is read from a header.
 */
export function headerFacts({ patient, study }: StudyContext): readonly Fact[] {
  const date = study.date === undefined ? {} : { date: dayOf(study.date) };
  const facts: Fact[] = [];
  const age = ageOf(patient, study.date);
  if (age !== undefined)
    facts.push({ id: "age", value: age.years, unit: "a", source: `dicom-header ${age.from}`, ...date });
  if (patient.sex === "M" || patient.sex === "F") {
    facts.push({
      id: "sex",
      value: patient.sex === "M" ? "male" : "female",
      source: "dicom-header PatientSex",
      ...date,
    });
  }
  return facts;
}

function ageOf(
  { birthDate, age }: StudyContext["patient"],
  studyDate: string | undefined,
): { readonly years: number; readonly from: string } | undefined {
  if (birthDate !== undefined && studyDate !== undefined && studyDate >= birthDate) {
    const years = Number(studyDate.slice(0, 4)) - Number(birthDate.slice(0, 4));
    const isBeforeBirthday = studyDate.slice(4) < birthDate.slice(4);
    return { years: isBeforeBirthday ? years - 1 : years, from: "PatientBirthDate, StudyDate" };
  }
  if (age === undefined) return undefined;
  const perYear = { D: 365.25, W: 365.25 / 7, M: 12, Y: 1 }[age.slice(3)];
  return perYear === undefined
    ? undefined
    : { years: Math.floor(Number(age.slice(0, 3)) / perYear), from: "PatientAge" };
}

/** YYYY-MM-DD of a DICOM date. */
function dayOf(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
}
