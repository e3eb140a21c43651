import { numberOf, textOf } from "./attribute-values.ts";
import { byteChunks } from "./byte-chunks.ts";
import type { DataSet, Element } from "./data-set.ts";
import { encodeElements } from "./encode-elements.ts";
import { encodeAscii } from "./encode-text.ts";
import { fileMetaBytes } from "./write-part10.ts";

/** A file that a DICOMDIR names. */
export interface DicomdirFile {
  /** Parts of its path from the DICOMDIR's folder: at most 8, each at most 8 of A-Z, 0-9 and _ (PS3.10 section 8.2). */
  readonly fileId: readonly string[];
  readonly transferSyntaxUid: string;
  /** Its attributes; pixels are not needed. */
  readonly dataSet: DataSet;
}

const mediaStorageDirectory = "1.2.840.10008.1.3.10";
const explicit = { isExplicit: true, encodeText: encodeAscii } as const;
const itemHeaderLength = 8;

/** Attributes of each type of record (PS3.3 section F.5); those of type 2 are there without a value too. */
const keys = {
  PATIENT: { needed: ["00100010", "00100020"], optional: [] },
  STUDY: { needed: ["00080020", "00080030", "00080050", "00081030", "0020000D", "00200010"], optional: [] },
  SERIES: { needed: ["00080060", "0020000E", "00200011"], optional: ["0008103E"] },
  IMAGE: { needed: ["00200013"], optional: ["00080008", "00280008", "00280010", "00280011"] },
  "SR DOCUMENT": {
    needed: ["00200013", "0040A491", "0040A493", "00080023", "00080033", "0040A043"],
    optional: ["0040A030"],
  },
  "ENCAP DOC": { needed: ["00200013", "00080023", "00080033", "00420010", "0040A043", "00420012"], optional: [] },
} as const;

type RecordType = keyof typeof keys;

/** VRs of what may have to stand there empty. */
const emptyVrs: Readonly<Record<string, string>> = {
  "00100010": "PN",
  "00080020": "DA",
  "00080030": "TM",
  "00080050": "SH",
  "00081030": "LO",
  "00080023": "DA",
  "00080033": "TM",
  "00420010": "ST",
  "0040A043": "SQ",
};

/** What stands where a value is needed and a file has none: no date, no number that means something. */
const invented: Readonly<Record<string, Element>> = {
  "00100020": { vr: "LO", Value: ["UNKNOWN"] },
  "00080020": { vr: "DA", Value: ["19000101"] },
  "00080030": { vr: "TM", Value: ["000000"] },
  "00080060": { vr: "CS", Value: ["OT"] },
  "00420012": { vr: "LO", Value: ["application/octet-stream"] },
  "0040A491": { vr: "CS", Value: ["PARTIAL"] },
  "0040A493": { vr: "CS", Value: ["UNVERIFIED"] },
};
/** Numbers and IDs that a position stands in for. */
const numbered: Readonly<Record<string, string>> = { "00200010": "SH", "00200011": "IS", "00200013": "IS" };

interface DirectoryRecord {
  readonly type: RecordType;
  readonly elements: DataSet;
  readonly children: DirectoryRecord[];
}

/** A DICOMDIR that is made while the files it names are looked at; of each only what its record says is kept. */
export interface Dicomdir {
  /** Files of other kinds than images, structured reports and encapsulated documents are left out. */
  add(file: DicomdirFile): void;
  /**
   * The file, in the order in which files were added.
   *
   * @param instanceUid UID of the directory itself
   * @throws InputError as `encodeElements`
   */
  bytes(instanceUid: string): Uint8Array;
}

/** Begins a DICOMDIR (PS3.3 annex F): patients, their studies, series and files. */
export function createDicomdir(): Dicomdir {
  const roots: DirectoryRecord[] = [];
  const known = new Map<string, DirectoryRecord>();
  return {
    add: (file) => addFile(file, roots, known),
    bytes: (instanceUid) => directoryBytes(roots, instanceUid),
  };
}

function directoryBytes(roots: readonly DirectoryRecord[], instanceUid: string): Uint8Array {
  const flat = flattened(roots);
  const meta = fileMetaBytes({
    sopClassUid: mediaStorageDirectory,
    sopInstanceUid: instanceUid,
    transferSyntaxUid: "1.2.840.10008.1.2.1",
  });
  // Offsets have a length of their own whatever they are: what stands before the records is measured with zeros.
  let at = meta.length + encodeElements(directory([], { first: 0, last: 0 }), explicit).length;
  const offsets = new Map<DirectoryRecord, number>();
  for (const record of flat) {
    offsets.set(record, at);
    at += lengthOf(record);
  }
  const offsetOf = (record: DirectoryRecord | undefined): number =>
    record === undefined ? 0 : (offsets.get(record) ?? 0);
  const items: DataSet[] = [];
  const append = (siblings: readonly DirectoryRecord[]): void => {
    for (const [index, record] of siblings.entries()) {
      items.push(item(record, { next: offsetOf(siblings[index + 1]), lower: offsetOf(record.children[0]) }));
      append(record.children);
    }
  };
  append(roots);
  const chunks = byteChunks();
  chunks.append(meta);
  const root = { first: offsetOf(roots[0]), last: offsetOf(roots.at(-1)) };
  chunks.append(encodeElements(directory(items, root), explicit));
  return chunks.join();
}

function directory(items: readonly DataSet[], root: { readonly first: number; readonly last: number }): DataSet {
  return {
    "00041130": { vr: "CS", Value: ["ETALON"] },
    "00041200": { vr: "UL", Value: [root.first] },
    "00041202": { vr: "UL", Value: [root.last] },
    "00041212": { vr: "US", Value: [0] },
    "00041220": { vr: "SQ", Value: items },
  };
}

function item(record: DirectoryRecord, offsets: { readonly next: number; readonly lower: number }): DataSet {
  return {
    "00041400": { vr: "UL", Value: [offsets.next] },
    "00041410": { vr: "US", Value: [0xffff] },
    "00041420": { vr: "UL", Value: [offsets.lower] },
    "00041430": { vr: "CS", Value: [record.type] },
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    ...record.elements,
  };
}

function lengthOf(record: DirectoryRecord): number {
  return itemHeaderLength + encodeElements(item(record, { next: 0, lower: 0 }), explicit).length;
}

function flattened(records: readonly DirectoryRecord[]): readonly DirectoryRecord[] {
  return records.flatMap((record) => [record, ...flattened(record.children)]);
}

function addFile(file: DicomdirFile, roots: DirectoryRecord[], known: Map<string, DirectoryRecord>): void {
  const { dataSet } = file;
  const type = recordType(dataSet);
  if (type === undefined) return;
  let path = "";
  let siblings = roots;
  for (const [level, tag] of [
    ["PATIENT", "00100020"],
    ["STUDY", "0020000D"],
    ["SERIES", "0020000E"],
  ] as const) {
    path += `\\${textOf(dataSet, tag) ?? ""}`;
    const record = known.get(path) ?? {
      type: level,
      elements: elementsOf(dataSet, level, siblings.length + 1),
      children: [],
    };
    if (!known.has(path)) siblings.push(record);
    known.set(path, record);
    siblings = record.children;
  }
  siblings.push({
    type,
    elements: { ...elementsOf(dataSet, type, siblings.length + 1), ...reference(file) },
    children: [],
  });
}

function recordType(dataSet: DataSet): RecordType | undefined {
  const sopClass = textOf(dataSet, "00080016") ?? "";
  if (/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.88\./.test(sopClass)) return "SR DOCUMENT";
  if (/^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\./.test(sopClass)) return "ENCAP DOC";
  return numberOf(dataSet, "00280010") === undefined ? undefined : "IMAGE";
}

function elementsOf(dataSet: DataSet, type: RecordType, position: number): DataSet {
  const { needed, optional }: { readonly needed: readonly string[]; readonly optional: readonly string[] } = keys[type];
  const elements: Record<string, Element> = {};
  for (const tag of needed) {
    elements[tag] = written(dataSet[tag]) ?? inventedElement(tag, position) ?? { vr: emptyVrs[tag] ?? "LO" };
  }
  for (const tag of optional) {
    const element = written(dataSet[tag]);
    if (element !== undefined) elements[tag] = element;
  }
  return elements;
}

function inventedElement(tag: string, position: number): Element | undefined {
  const vr = numbered[tag];
  if (vr === undefined) return invented[tag];
  return { vr, Value: [vr === "IS" ? position : String(position)] };
}

/** An element with a value that is not left in its file. */
function written(element: Element | undefined): Element | undefined {
  if (element?.bulk !== undefined || (element?.Value ?? []).length === 0) return undefined;
  return element;
}

function reference({ fileId, transferSyntaxUid, dataSet }: DicomdirFile): DataSet {
  return {
    "00041500": { vr: "CS", Value: [...fileId] },
    "00041510": { vr: "UI", Value: [textOf(dataSet, "00080016") ?? ""] },
    "00041511": { vr: "UI", Value: [textOf(dataSet, "00080018") ?? ""] },
    "00041512": { vr: "UI", Value: [transferSyntaxUid] },
  };
}
