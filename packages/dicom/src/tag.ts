const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);

/** A tag in eight upper-case hexadecimal digits: 0x00100010 → "00100010". */
export function hexadecimal(tag: number): string {
  return hexPairs[tag >>> 24] + hexPairs[(tag >>> 16) & 0xff] + (hexPairs[(tag >>> 8) & 0xff] + hexPairs[tag & 0xff]);
}

/** A tag as people write it: 0x00100010 → "(0010,0010)". */
export function tagLabel(tag: number): string {
  const key = hexadecimal(tag);
  return `(${key.slice(0, 4)},${key.slice(4)})`;
}

/**
 * The tags of a data set in ascending order. An object's own key order is not it: "20100010" is an array index to
 * JavaScript and comes before "00080005".
 */
export function sortedTags(dataSet: object): readonly string[] {
  return Object.keys(dataSet).sort();
}
