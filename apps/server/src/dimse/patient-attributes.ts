/** Of group 0010, what PS3.3 C.7.2.2 makes the study's: the patient's age, size and weight, state, visit and occupation. */
const ofStudy: ReadonlySet<string> = new Set(
  "00101010 00101020 00101021 00101022 00101023 00101024 00101030 00102000 00102110 00102180 001021A0 001021B0 001021C0 001021D0".split(
    " ",
  ),
);

/** Counted of all that the archive has of the patient (PS3.4 table C.6-1). */
const counts: ReadonlySet<string> = new Set(["00201200", "00201202", "00201204"]);

/** Whether an attribute, or what holds it, is one of the patient and not of one of its studies. */
export function isPatientAttribute(path: string): boolean {
  const tag = path.slice(0, 8);
  return counts.has(tag) || (tag.startsWith("0010") && !ofStudy.has(tag));
}
