import type { DataSet, ElementValue, PersonName } from "../data-set.ts";
import type { ConfidentialityProfile } from "./profile.ts";

/** Strings that identify a person, an institution or an order, folded by {@link folded}. */
export interface IdentityWords {
  /** Whole values and the parts of names: matched as words. */
  readonly words: ReadonlySet<string>;
  /** Those of four characters and more that are looked for inside longer words too. */
  readonly parts: readonly string[];
}

/** Parts of names that are words of the language. */
const particles = new Set(
  "de du des la le les d l van von der den ter el al ben bin abu da do dos di del della saint sainte mc mac dr pr mme mr mlle".split(
    " ",
  ),
);
/** Words of institutions that say nothing of which one. */
const generic = new Set(
  "centre center hospital hopital clinique clinic service imagerie imaging radiologie radiology cardiologie cardiology universitaire university medical medicale institut institute departement department hospitalier general regional unite scanner".split(
    " ",
  ),
);

const identifiers =
  "00100020 00101000 00080050 00200010 00380010 00380060 00402016 00402017 00401001 00400253 00400009 00102154 00101040 00101090 00120040 00120042 00080094 00080092";
const deviceIdentifiers = "00181000 00081010 00181002 00080055 00081000";
const institutions = "00080080 00080081 00081040 0040A027";
const dates = "00100030";

/**
 * The identifying strings that a data set names anywhere: persons (PN), identifiers, addresses, institution and birth
 * date. What an option retains is left out.
 *
 * @param more strings that are known besides, such as those of the study's other objects
 */
export function identityWords(
  dataSet: DataSet,
  profile: ConfidentialityProfile,
  more: readonly string[] = [],
): IdentityWords {
  const words = new Set<string>();
  const keepsDevice = profile.options.includes("retain-device-identity");
  const keepsInstitution = profile.options.includes("retain-institution-identity");
  const plain = new Set(`${identifiers}${keepsDevice ? "" : ` ${deviceIdentifiers}`}`.split(" "));
  const placed = new Set(keepsInstitution ? [] : institutions.split(" "));
  const visit = (set: DataSet): void => {
    for (const [tag, { vr, Value = [] }] of Object.entries(set)) {
      for (const value of Value) {
        if (vr === "SQ" && isItem(value)) visit(value);
        else if (vr === "PN" && isName(value)) addName(words, value);
        else if (plain.has(tag) && value !== null) addIdentifier(words, String(value));
        else if (placed.has(tag) && typeof value === "string") addInstitution(words, value);
        else if (tag === dates && typeof value === "string") addDate(words, value);
      }
    }
  };
  visit(dataSet);
  for (const text of more) addNameText(words, text);
  return { words, parts: [...words].filter((word) => word.length >= 4) };
}

/** A word without case, accents, ligatures, hyphens and apostrophes: "Lefèvre-Desnoyers" → "lefevredesnoyers". */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function isItem(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

function isName(value: ElementValue): value is PersonName {
  return typeof value === "object" && value !== null;
}

function addName(words: Set<string>, { Alphabetic = "", Ideographic = "", Phonetic = "" }: PersonName): void {
  for (const group of [Alphabetic, Ideographic, Phonetic]) addNameText(words, group);
}

function addNameText(words: Set<string>, text: string): void {
  addWhole(words, text);
  for (const component of text.split("^")) {
    addWhole(words, component);
    for (const part of component.split(/[\s\-'’.,]+/)) if (!particles.has(folded(part))) addWhole(words, part);
  }
}

/** Shorter numbers also stand for a voltage or a matrix. */
function addIdentifier(words: Set<string>, text: string): void {
  const word = folded(text);
  if (word.length >= 4) words.add(word);
}

function addInstitution(words: Set<string>, text: string): void {
  addWhole(words, text);
  for (const part of text.split(/[\s\-'’.,]+/)) {
    const word = folded(part);
    if (word.length >= 4 && !generic.has(word) && !particles.has(word)) words.add(word);
  }
}

/** Two letters at least: initials would blank every "A". */
function addWhole(words: Set<string>, text: string): void {
  const word = folded(text);
  const isLong = word.length >= 3 || (word.length === 2 && /\p{L}{2}/u.test(word) && !particles.has(word));
  if (isLong && !particles.has(word)) words.add(word);
}

function addDate(words: Set<string>, text: string): void {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return;
  const [, year = "", month = "", day = ""] = match;
  for (const form of [year + month + day, day + month + year, month + day + year]) words.add(form);
}
