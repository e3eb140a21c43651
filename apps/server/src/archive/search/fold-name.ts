/** Letters that Unicode does not decompose into a base letter and a mark. */
const undecomposed: Readonly<Record<string, string>> = { Æ: "AE", Œ: "OE", Ø: "O", Ł: "L", Đ: "D", Þ: "TH", Ð: "D" };

/**
 * A person name as it is matched: upper case, Latin, Greek and Cyrillic letters without their accents, its components
 * ("^") and words one space apart, its component groups still apart by "=": "Lefèvre^Jean-Noël^^" → "LEFEVRE JEAN-NOEL",
 * "Yamada^Tarou=山田^太郎" → "YAMADA TAROU=山田 太郎". Folding a folded name changes nothing; "*" and "?" stay.
 * PS3.4 C.2.2.2.1 leaves case, accents and position of PN values to the implementation.
 */
export function foldName(name: string): string {
  return name.split("=").map(foldGroup).join("=").replace(/=+$/, "");
}

function foldGroup(group: string): string {
  return group
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toUpperCase()
    .replace(/[ÆŒØŁĐÞÐ]/g, (letter) => undecomposed[letter] ?? letter)
    .replace(/[\s^]+/g, " ")
    .trim();
}
