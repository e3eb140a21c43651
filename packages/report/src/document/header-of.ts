import type { Text } from "@etalon/base";
import type { Fact } from "@etalon/decide";
import type { StudyContext } from "@etalon/dicom";
import type { ReportInput } from "../report-input.ts";
import type { Line, ReportDocument } from "./document.ts";
import { day, joined, literal, number, textOf, words } from "./inline.ts";
import { readableName } from "./readable-name.ts";

const SEXES: Readonly<Record<NonNullable<StudyContext["patient"]["sex"]>, Text>> = {
  F: { en: "female", fr: "féminin" },
  M: { en: "male", fr: "masculin" },
  O: { en: "other", fr: "autre" },
};

const NOT_STATED: Line = [words("not stated", "non renseigné")];

/**
 * Patient and study at the head of a document; what is not known of the first six is said to be missing. Age and sex stand
 * as the images say them, else as the facts do.
 */
export function headerOf({ context, createdAt, verdicts }: ReportInput): ReportDocument["header"] {
  const { patient, study, institutionName } = context;
  const name = patient.name === undefined ? "" : readableName(patient.name);
  const physician = study.referringPhysician === undefined ? "" : readableName(study.referringPhysician);
  const stated = (text: string | undefined): Line => (text === undefined || text === "" ? NOT_STATED : [literal(text)]);
  const optional = (title: Text, text: string | undefined) =>
    text === undefined || text === "" ? [] : [{ name: title, value: [literal(text)] }];
  return [
    { name: { en: "Patient", fr: "Patient" }, value: stated(name) },
    { name: { en: "Patient ID", fr: "Identifiant" }, value: stated(patient.id) },
    birthPair(patient.birthDate, verdicts?.facts ?? []),
    { name: { en: "Sex", fr: "Sexe" }, value: sexLine(patient.sex, verdicts?.facts ?? []) },
    { name: { en: "Examination", fr: "Examen du" }, value: dateLine(study.date) },
    { name: { en: "Accession number", fr: "Numéro d'examen" }, value: stated(study.accessionNumber) },
    ...optional({ en: "Institution", fr: "Établissement" }, institutionName),
    ...optional({ en: "Referring physician", fr: "Médecin demandeur" }, physician),
    { name: { en: "Report date", fr: "Compte rendu du" }, value: [day(createdAt.slice(0, 10))] },
  ];
}

/** Name and identifier of the patient, as far as the images say them. */
export function runningHeadOf({ context: { patient } }: ReportInput): Line {
  const name = patient.name === undefined ? "" : readableName(patient.name);
  return joined(
    [name, patient.id ?? ""].filter((part) => part !== "").map((part) => [literal(part)]),
    literal(" · "),
  );
}

/** Birth date with the age, or the age alone where that is all that is known. */
function birthPair(birthDate: string | undefined, facts: readonly Fact[]): ReportDocument["header"][number] {
  const born: Text = { en: "Born", fr: "Date de naissance" };
  const age = facts.find(({ id }) => id === "age");
  if (typeof age?.value !== "number") return { name: born, value: dateLine(birthDate) };
  const shown = number({ value: age.value, unit: "a" }, { kind: "fact", fact: "age" });
  if (birthDate === undefined) return { name: { en: "Age", fr: "Âge" }, value: [shown] };
  return { name: born, value: [...dateLine(birthDate), literal(" ("), shown, literal(")")] };
}

/** What the images say, else the fact that the rules were given. */
function sexLine(sex: StudyContext["patient"]["sex"], facts: readonly Fact[]): Line {
  if (sex !== undefined) return [textOf(SEXES[sex])];
  const fact = facts.find(({ id }) => id === "sex")?.value;
  if (fact !== "female" && fact !== "male") return NOT_STATED;
  return [textOf(SEXES[fact === "female" ? "F" : "M"])];
}

/** A DICOM date, YYYYMMDD. */
function dateLine(date: string | undefined): Line {
  return date === undefined ? NOT_STATED : [day(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`)];
}
