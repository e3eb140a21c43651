import { textOf } from "./attribute-values.ts";
import type { DataSet, PersonName } from "./data-set.ts";

/** Of whom, when and where a study was made: what documents made from it repeat. Absent means not said. */
export interface StudyContext {
  readonly patient: {
    readonly name?: PersonName;
    readonly id?: string;
    readonly issuerOfId?: string;
    /** YYYYMMDD. */
    readonly birthDate?: string;
    readonly sex?: "M" | "F" | "O";
    /** PatientAge as written: "065Y". */
    readonly age?: string;
  };
  readonly study: {
    readonly instanceUid: string;
    readonly id?: string;
    /** YYYYMMDD. */
    readonly date?: string;
    /** HHMMSS.FFFFFF, as far as written. */
    readonly time?: string;
    readonly accessionNumber?: string;
    readonly description?: string;
    readonly referringPhysician?: PersonName;
  };
  readonly institutionName?: string;
  readonly frameOfReferenceUid?: string;
}

/** The study context of an image's header (PS3.3 C.7.1.1, C.7.2.1, C.7.5.1). Values that break their VR are left out. */
export function studyContextOf(dataSet: DataSet): StudyContext {
  const sex = textOf(dataSet, "00100040");
  return {
    patient: defined({
      name: nameOf(dataSet, "00100010"),
      id: textOf(dataSet, "00100020"),
      issuerOfId: textOf(dataSet, "00100021"),
      birthDate: matching(dataSet, "00100030", /^\d{8}$/),
      sex: sex === "M" || sex === "F" || sex === "O" ? sex : undefined,
      age: matching(dataSet, "00101010", /^\d{3}[DWMY]$/),
    }),
    study: {
      instanceUid: textOf(dataSet, "0020000D") ?? "",
      ...defined({
        id: textOf(dataSet, "00200010"),
        date: matching(dataSet, "00080020", /^\d{8}$/),
        time: matching(dataSet, "00080030", /^\d{2,6}(\.\d{1,6})?$/),
        accessionNumber: textOf(dataSet, "00080050"),
        description: textOf(dataSet, "00081030"),
        referringPhysician: nameOf(dataSet, "00080090"),
      }),
    },
    ...defined({
      institutionName: textOf(dataSet, "00080080"),
      frameOfReferenceUid: textOf(dataSet, "00200052"),
    }),
  };
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== ""),
  ) as Defined<T>;
}

function matching(dataSet: DataSet, tag: string, pattern: RegExp): string | undefined {
  const text = textOf(dataSet, tag)?.trim();
  return text !== undefined && pattern.test(text) ? text : undefined;
}

function nameOf(dataSet: DataSet, tag: string): PersonName | undefined {
  const value = Object.hasOwn(dataSet, tag) ? dataSet[tag].Value?.[0] : undefined;
  return typeof value === "object" && value !== null && ("Alphabetic" in value || "Ideographic" in value)
    ? (value as PersonName)
    : undefined;
}
