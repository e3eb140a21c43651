import { type DataSet, firstItemOf, itemsOf, textOf, textsOf } from "@etalon/dicom";

/** Where a picture's pixels lead in the patient, in letters: "L", "PF", the strongest first. */
export interface PatientOrientation {
  /** With increasing column. */
  readonly alongRow: string;
  /** With increasing row. */
  readonly alongColumn: string;
}

/** At most one letter of each of the patient's axes. */
const bipedLetters = /^(?!.*[AP].*[AP])(?!.*[RL].*[RL])(?!.*[HF].*[HF])[APRLHF]{1,3}$/;

/**
 * PatientOrientation of the frame, of all frames, or of the object (PS3.3 C.7.6.1.1.1, C.7.6.16.2.15): what radiographs say,
 * which lie nowhere in the patient. Absent where either value is empty, is none of a person, or belongs to a quadruped.
 */
export function patientOrientationOf(dataSet: DataSet, frameIndex: number): PatientOrientation | undefined {
  if (textOf(dataSet, "00102210") === "QUADRUPED") return undefined;
  const groups = [itemsOf(dataSet, "52009230")[frameIndex], firstItemOf(dataSet, "52009229")];
  const frames = groups.map((group) => (group === undefined ? undefined : firstItemOf(group, "00209450")));
  for (const place of [...frames, dataSet]) {
    if (place === undefined) continue;
    const [alongRow = "", alongColumn = ""] = textsOf(place, "00200020");
    if (bipedLetters.test(alongRow) && bipedLetters.test(alongColumn)) return { alongRow, alongColumn };
  }
  return undefined;
}
