import type { RetentionPolicy } from "./retention-rule.ts";

/** Days as they are set: "3650" or "3650,MG=10950,OT=0"; `undefined` where that is none, or names a modality twice. */
export function readRetentionDays(text: string): Pick<RetentionPolicy, "days" | "daysOfModality"> | undefined {
  const [first = "", ...others] = text.split(",").map((part) => part.trim());
  const ofModality = others.map((part) => /^([A-Z][A-Z0-9_]{0,15})=(\d{1,5})$/.exec(part));
  const daysOfModality = new Map(ofModality.map((match) => [match?.[1] ?? "", Number(match?.[2])]));
  const isSound = /^\d{1,5}$/.test(first) && ofModality.every((match) => match !== null);
  return isSound && daysOfModality.size === others.length ? { days: Number(first), daysOfModality } : undefined;
}
