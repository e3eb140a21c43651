/** Longest LO value (PS3.5 table 6.2-1). The Standard counts characters; some readers count bytes, so that both hold here. */
const LONGEST_TEXT = 64;

/** As much of a text as an attribute of VR LO holds in UTF-8, cut between characters. */
export function fittingText(text: string): string {
  const encoder = new TextEncoder();
  let length = 0;
  let bytes = 0;
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > LONGEST_TEXT) break;
    length += character.length;
  }
  return text.slice(0, length).trimEnd();
}
