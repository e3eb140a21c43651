import { InputError } from "@etalon/base";
import { textOf } from "../attribute-values.ts";
import type { DataSet, PersonName } from "../data-set.ts";
import { derivedUid } from "../derived-uid.ts";
import { hmacHex } from "./hmac.ts";

/** A key shorter than this is guessed by trying (NIST SP 800-107 asks for 112 bits at least). */
const shortestKey = 16;
/** Shifts go back by one month at least and ten years at most, so that no date lies in the future. */
const shortestShift = 31;
const longestShift = 3650;

/** Says the same of the same, and cannot be undone without the key: HMAC-SHA256 (RFC 2104) over what is replaced. */
export interface Pseudonyms {
  /** "2.25." UID of a UID. */
  readonly uid: (uid: string) => string;
  /** Eight characters of a patient, "ANON-" before them. */
  readonly patientId: string;
  /** "ANON^" and the same eight characters. */
  readonly patientName: PersonName;
  /** Days that are added to every date of this patient, negative. */
  readonly days: number;
}

/**
 * The pseudonyms of one patient. Patients are told apart by PatientID with its issuer; where there is none, by name and
 * birth date, and at last by study.
 *
 * @param patientKey what tells patients apart instead, for one person under several identifiers
 * @throws InputError `out-of-range` (a key under 16 bytes)
 */
export function pseudonymsOf(dataSet: DataSet, key: Uint8Array, patientKey?: string): Pseudonyms {
  if (key.length < shortestKey) throw new InputError("out-of-range", "key", key.length, `≥ ${shortestKey} bytes`);
  const patient = patientKey ?? patientIdentity(dataSet);
  const id = hmacHex(key, `patient|${patient}`).slice(0, 8).toUpperCase();
  const span = BigInt(longestShift - shortestShift + 1);
  const days = Number(BigInt(`0x${hmacHex(key, `days|${patient}`).slice(0, 16)}`) % span);
  return {
    uid: (uid) => derivedUid(hmacHex(key, `uid|${uid}`)),
    patientId: `ANON-${id}`,
    patientName: { Alphabetic: `ANON^${id}` },
    days: -(shortestShift + days),
  };
}

function patientIdentity(dataSet: DataSet): string {
  const id = textOf(dataSet, "00100020");
  if (id !== undefined) return `id|${textOf(dataSet, "00100021") ?? ""}|${id}`;
  const name = dataSet["00100010"]?.Value?.[0];
  const birth = textOf(dataSet, "00100030");
  if (name !== undefined && name !== null) return `name|${JSON.stringify(name)}|${birth ?? ""}`;
  return `study|${textOf(dataSet, "0020000D") ?? ""}`;
}
