import type { DataSet, Element } from "./data-set.ts";

/** The element of a tag, `undefined` where the data set has none. */
export function elementOf(dataSet: DataSet, tag: string): Element | undefined {
  return Object.hasOwn(dataSet, tag) ? dataSet[tag] : undefined;
}

/** The first value as text: DS and IS that hold no number come so too. `undefined` where absent or empty. */
export function textOf(dataSet: DataSet, tag: string): string | undefined {
  const value = elementOf(dataSet, tag)?.Value?.[0];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

/** All values as text, empty ones as "". */
export function textsOf(dataSet: DataSet, tag: string): readonly string[] {
  return (elementOf(dataSet, tag)?.Value ?? []).map((value) =>
    typeof value === "string" || typeof value === "number" ? String(value) : "",
  );
}

/** The first value where it is a finite number. */
export function numberOf(dataSet: DataSet, tag: string): number | undefined {
  const value = elementOf(dataSet, tag)?.Value?.[0];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** All values where each is a finite number and there are `count` of them. */
export function numbersOf(dataSet: DataSet, tag: string, count: number): readonly number[] | undefined {
  const values = elementOf(dataSet, tag)?.Value ?? [];
  const numbers = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  return numbers.length === count && values.length === count ? numbers : undefined;
}

/** The items of a sequence; none where it is absent or empty. */
export function itemsOf(dataSet: DataSet, tag: string): readonly DataSet[] {
  const element = elementOf(dataSet, tag);
  if (element?.vr !== "SQ") return [];
  return (element.Value ?? []).filter((value): value is DataSet => typeof value === "object" && value !== null);
}

/** The first item of a sequence. */
export function firstItemOf(dataSet: DataSet, tag: string): DataSet | undefined {
  return itemsOf(dataSet, tag)[0];
}
