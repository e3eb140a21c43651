import { byteChunks } from "../../byte-chunks.ts";
import { encodeAscii } from "../../encode-text.ts";
import { decodeLatin1 } from "../../latin1.ts";
import { dimseMalformed } from "./dimse-malformed.ts";

/** Command Field (0000,0100) of each message (PS3.7 annex E.1); a response is its request with bit 15 set. */
export const commandFields = {
  storeRequest: 0x0001,
  getRequest: 0x0010,
  findRequest: 0x0020,
  moveRequest: 0x0021,
  echoRequest: 0x0030,
  eventReportRequest: 0x0100,
  actionRequest: 0x0130,
  cancelRequest: 0x0fff,
} as const;

/** Set in the Command Field of every response. */
export const responseBit = 0x8000;

/** The elements of group 0000 that are read and written, with VR and element number (PS3.7 annex E.1). */
const elements = [
  ["affectedSopClassUid", "UI", 0x0002],
  ["requestedSopClassUid", "UI", 0x0003],
  ["commandField", "US", 0x0100],
  ["messageId", "US", 0x0110],
  ["messageIdBeingRespondedTo", "US", 0x0120],
  ["moveDestination", "AE", 0x0600],
  ["priority", "US", 0x0700],
  ["commandDataSetType", "US", 0x0800],
  ["status", "US", 0x0900],
  ["offendingElements", "AT", 0x0901],
  ["errorComment", "LO", 0x0902],
  ["errorId", "US", 0x0903],
  ["affectedSopInstanceUid", "UI", 0x1000],
  ["requestedSopInstanceUid", "UI", 0x1001],
  ["eventTypeId", "US", 0x1002],
  ["actionTypeId", "US", 0x1008],
  ["remainingSubOperations", "US", 0x1020],
  ["completedSubOperations", "US", 0x1021],
  ["failedSubOperations", "US", 0x1022],
  ["warningSubOperations", "US", 0x1023],
  ["moveOriginatorAeTitle", "AE", 0x1030],
  ["moveOriginatorMessageId", "US", 0x1031],
] as const;

type Row = (typeof elements)[number];
type NumberKey = Extract<Row, readonly [string, "US", number]>[0];
type TextKey = Extract<Row, readonly [string, "UI" | "AE" | "LO", number]>[0];

/** A command set by the names of its elements; `offendingElements` are tags in eight hexadecimal digits. */
export type CommandSet = { readonly [key in NumberKey]?: number } & { readonly [key in TextKey]?: string } & {
  readonly offendingElements?: readonly string[];
};

/** A command set that was read: what every message has. */
export type ReceivedCommand = CommandSet & { readonly commandField: number; readonly commandDataSetType: number };

/** Command Data Set Type (0000,0800) of a message without data set; every other value announces one. */
export const noDataSet = 0x0101;
const someDataSet = 0x0001;

/** LO has at most 64 characters (PS3.5 table 6.2-1). */
const longestComment = 64;

const rowByElement: ReadonlyMap<number, Row> = new Map(elements.map((row) => [row[2], row]));

/** The bytes of a command set: implicit VR little endian, with its group length (PS3.7 section 6.3.1). */
export function encodeCommandSet(command: CommandSet, hasDataSet: boolean): Uint8Array {
  const whole: CommandSet = { ...command, commandDataSetType: hasDataSet ? someDataSet : noDataSet };
  const chunks = byteChunks();
  for (const row of elements) {
    const value = encodeValue(whole, row);
    if (value === undefined) continue;
    chunks.append(elementHeader(row[2], value.length));
    chunks.append(value);
  }
  const groupLength = new Uint8Array(12);
  groupLength.set(elementHeader(0, 4));
  new DataView(groupLength.buffer).setUint32(8, chunks.length(), true);
  const withLength = byteChunks();
  withLength.append(groupLength);
  withLength.append(chunks.join());
  return withLength.join();
}

function elementHeader(element: number, length: number): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  view.setUint16(2, element, true);
  view.setUint32(4, length, true);
  return header;
}

function encodeValue(command: CommandSet, row: Row): Uint8Array | undefined {
  if (row[1] === "US") {
    const value = command[row[0]];
    return value === undefined ? undefined : Uint8Array.of(value & 0xff, value >>> 8);
  }
  if (row[1] === "AT") {
    const tags = command[row[0]];
    return tags === undefined || tags.length === 0 ? undefined : encodeTags(tags);
  }
  const value = command[row[0]];
  if (value === undefined) return undefined;
  const text = row[1] === "LO" ? plainComment(value) : value;
  const padding = row[1] === "UI" ? "\0" : " ";
  return encodeAscii(text.length % 2 === 0 ? text : text + padding, row[0]);
}

/** A comment goes to the peer as it stands: one line of the default repertoire. */
function plainComment(comment: string): string {
  return comment
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x5b\x5d-\x7e]/g, "?")
    .slice(0, longestComment);
}

function encodeTags(tags: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(tags.length * 4);
  const view = new DataView(bytes.buffer);
  tags.forEach((tag, i) => {
    view.setUint16(i * 4, Number.parseInt(tag.slice(0, 4), 16), true);
    view.setUint16(i * 4 + 2, Number.parseInt(tag.slice(4), 16), true);
  });
  return bytes;
}

/**
 * Reads a command set. Elements that are not in the table are passed over.
 *
 * @throws EtalonError `dimse-malformed`
 */
export function decodeCommandSet(bytes: Uint8Array): ReceivedCommand {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const command: Record<string, string | number | readonly string[]> = {};
  let position = 0;
  while (position < bytes.length) {
    if (position + 8 > bytes.length) throw dimseMalformed("a command set that ends inside an element");
    const group = view.getUint16(position, true);
    const row = rowByElement.get(view.getUint16(position + 2, true));
    const length = view.getUint32(position + 4, true);
    const start = position + 8;
    if (group !== 0 || length > bytes.length - start) throw dimseMalformed("a command set that is none");
    if (row !== undefined) decodeInto(command, row, bytes.subarray(start, start + length));
    position = start + length;
  }
  const { commandField, commandDataSetType } = command;
  if (typeof commandField !== "number" || typeof commandDataSetType !== "number") {
    throw dimseMalformed("a command set without Command Field or Command Data Set Type");
  }
  // The table gives each key values of its own type.
  return { ...(command as CommandSet), commandField, commandDataSetType };
}

function decodeInto(
  command: Record<string, string | number | readonly string[]>,
  [key, vr]: Row,
  value: Uint8Array,
): void {
  if (vr === "US") {
    if (value.length >= 2) command[key] = value[0] | (value[1] << 8);
  } else if (vr === "AT") {
    command[key] = decodeTags(value);
  } else {
    command[key] = decodeLatin1(value).replace(/^ +|[\0 ]+$/g, "");
  }
}

function decodeTags(value: Uint8Array): readonly string[] {
  const hex = (at: number): string => (value[at] | (value[at + 1] << 8)).toString(16).toUpperCase().padStart(4, "0");
  return Array.from({ length: value.length >>> 2 }, (_, i) => hex(i * 4) + hex(i * 4 + 2));
}
