import { InputError } from "@etalon/base";
import type { DataSet } from "../data-set.ts";

/** The options of PS3.15 annex E.3 that are carried out here, with their codes of PS3.16 CID 7050. */
const codes = {
  "clean-pixel-data": ["113101", "Clean Pixel Data Option"],
  "clean-graphics": ["113103", "Clean Graphics Option"],
  "clean-structured-content": ["113104", "Clean Structured Content Option"],
  "clean-descriptors": ["113105", "Clean Descriptors Option"],
  "retain-longitudinal-full-dates": ["113106", "Retain Longitudinal Temporal Information Full Dates Option"],
  "retain-longitudinal-modified-dates": ["113107", "Retain Longitudinal Temporal Information Modified Dates Option"],
  "retain-patient-characteristics": ["113108", "Retain Patient Characteristics Option"],
  "retain-device-identity": ["113109", "Retain Device Identity Option"],
  "retain-uids": ["113110", "Retain UIDs Option"],
  "retain-safe-private": ["113111", "Retain Safe Private Option"],
  "retain-institution-identity": ["113112", "Retain Institution Identity Option"],
} as const;

/** An option of PS3.15 annex E.3. */
export type ConfidentialityOption = keyof typeof codes;

/** The options by name, in the order of their codes. */
export const confidentialityOptions: readonly ConfidentialityOption[] = Object.keys(codes).filter(isOption);

/** What is removed and what is kept: the Basic Application Level Confidentiality Profile and its options. */
export interface ConfidentialityProfile {
  readonly name: "basic";
  readonly options: readonly ConfidentialityOption[];
}

function isOption(name: string): name is ConfidentialityOption {
  return Object.hasOwn(codes, name);
}

/**
 * A profile by its names, as people write them.
 *
 * @throws InputError `unknown-name`; `out-of-range` (full and modified dates at once)
 */
export function confidentialityProfile(name: string, options: readonly string[]): ConfidentialityProfile {
  if (name !== "basic") throw new InputError("unknown-name", "profile", name, "basic");
  const unknown = options.find((option) => !isOption(option));
  if (unknown !== undefined) throw new InputError("unknown-name", "option", unknown, confidentialityOptions.join(", "));
  const kept = confidentialityOptions.filter((option) => options.includes(option));
  if (kept.filter((option) => option.startsWith("retain-longitudinal")).length > 1)
    throw new InputError("out-of-range", "options", kept.join(", "), "full | modified dates");
  return { name, options: kept };
}

/** The items of DeidentificationMethodCodeSequence (0012,0064), the profile's own first. */
export function methodCodes(profile: ConfidentialityProfile): readonly DataSet[] {
  const all = [["113100", "Basic Application Confidentiality Profile"], ...profile.options.map((name) => codes[name])];
  return all.map(([value, meaning]) => ({
    "00080100": { vr: "SH", Value: [value] },
    "00080102": { vr: "SH", Value: ["DCM"] },
    "00080104": { vr: "LO", Value: [meaning] },
  }));
}
