import type { SiteScore } from "./site-score.ts";

/** What a contender's process answered, not yet believed. */
export type Answer = Readonly<Record<string, unknown>>;

/** @throws {Error} when the line is no JSON object */
export function parseAnswer(line: string): Answer {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) throw new Error(`no JSON object: ${line}`);
  return value;
}

/** A finite number of an answer. @throws {Error} when it is none */
export function numberIn(answer: Answer, key: string): number {
  const value = answer[key];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(`no number ${key}: ${String(value)}`);
  return value;
}

/** A text of an answer. @throws {Error} when it is none */
export function textIn(answer: Answer, key: string): string {
  const value = answer[key];
  if (typeof value !== "string") throw new Error(`no text ${key}: ${String(value)}`);
  return value;
}

/** The arteries of an answer. @throws {Error} when it has none */
export function sitesIn(answer: Answer): SiteScore[] {
  const sites = answer["sites"];
  if (!Array.isArray(sites)) throw new Error("no sites");
  return sites.map((site: unknown) => {
    if (!isRecord(site)) throw new Error("a site is no object");
    return {
      label: textIn(site, "label"),
      agatston: numberIn(site, "agatston"),
      volumeMm3: numberIn(site, "volumeMm3"),
      densityVolume: numberIn(site, "densityVolume"),
      lesions: numberIn(site, "lesions"),
      ...(site["sliceLesions"] === undefined ? {} : { sliceLesions: numberIn(site, "sliceLesions") }),
    };
  });
}

function isRecord(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
