/**
 * PS3.15 2026d table E.3.10-1, the private attributes that are known to hold no identity: creator, then group and the
 * last two digits of its elements, ranges joined by "-".
 */
const table = `Philips PET Private Group|7053 00 09
ELSCINT1|00E1 21 50|01E1 26|01F1 01 07 26 27
GEMS_ACQU_01|0019 23 24 27 9E
GEMS_PARM_01|0043 27 39 6F
GEMS_HELIOS_01|0045 01 02
GEMS_SERS_01|0025 07
GEIIS PACS|0903 10-12
Philips Imaging DD 001|2001 01-0C 0E-1F 21-51 53-5A 5D-6B 6D-6F 71-77 79-8C 90-94 9A 9B 9D 9F A1-A5 C0-C3 C5-C7 CA CB D0-DF E9 F1-F7 F9 FB-FD FF
Philips Imaging DD 002|2001 01-40 50 52 53 57 58 5A 5C-5F 63-68 6B 71-75
Philips Imaging DD 097|2001 01-08 0A 0B 0D-0F 12 17-1F 21-28 2A-32 36-3E 40-42 44-47 49-4C A1-A6 A8-AB
Philips Imaging DD 129|2001 00-09
Philips ST80i|0025 01
Philips MR Imaging DD 001|2005 0D 0E
SIEMENS MR HEADER|0019 0C-0E 27
HOLOGIC, Inc.|7E01 01 02 10-12
NQHeader|0099 01 02 04 05 10 20 21
NQLeft|0199 01-16
NQRight|0299 01-16
SIEMENS Ultrasound SC2000|0119 00-09 10-13 21|0129 00 02-09 10-12 20-22 29 30|0139 01|0149 01-03|7FD1 01 09 10 11
SIEMENS SYNGO ULTRA-SOUND TOYON DATA STREAMING|7FD1 01 09 10 11`;

function parseTable(): ReadonlySet<string> {
  const known = new Set<string>();
  for (const line of table.split("\n")) {
    const [creator, ...groups] = line.split("|");
    for (const list of groups) {
      const [group, ...elements] = list.split(" ");
      for (const element of elements) addRange(known, `${creator}|${group}`, element);
    }
  }
  return known;
}

function addRange(known: Set<string>, prefix: string, range: string): void {
  const [first, last = first] = range.split("-").map((digits) => Number.parseInt(digits, 16));
  for (let element = first; element <= last; element++) {
    known.add(`${prefix}${element.toString(16).toUpperCase().padStart(2, "0")}`);
  }
}

const safe = parseTable();

/**
 * Whether a private attribute is known to hold no identity.
 *
 * @param creator value of its (gggg,00bb)
 * @param tag its tag, "gggg" "bb" "ee"
 */
export function isSafePrivate(creator: string, tag: string): boolean {
  return safe.has(`${creator}|${tag.slice(0, 4)}${tag.slice(6)}`);
}
