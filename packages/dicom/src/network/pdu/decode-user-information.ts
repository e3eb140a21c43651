import type { ByteCursor } from "./byte-cursor.ts";
import type {
  CommonExtendedNegotiation,
  ExtendedNegotiation,
  RoleSelection,
  UserIdentity,
  UserInformation,
} from "./pdu.ts";
import { pdvHeaderLength } from "./pdu.ts";
import { abortReasons, PduError } from "./pdu-error.ts";

/** A presentation data value with its shortest fragment, of two bytes (PS3.8 annex E.1). */
const shortestDataLength = pdvHeaderLength + 2;

/** A user information being read. */
type Draft = {
  -readonly [key in keyof UserInformation]: UserInformation[key];
} & {
  readonly roles: RoleSelection[];
  readonly extended: ExtendedNegotiation[];
  readonly commonExtended: CommonExtendedNegotiation[];
};

/**
 * Reads the sub-items of a user information item (PS3.8 table 9-16, PS3.7 annex D.3.3). Those that are not known are passed
 * over, as PS3.8 section 9.3.1 asks.
 *
 * @throws PduError `pdu-malformed`
 */
export function decodeUserInformation(cursor: ByteCursor): UserInformation {
  const draft: Draft = { maxPduLength: 0, implementationClassUid: "", roles: [], extended: [], commonExtended: [] };
  while (cursor.remaining > 0) {
    const type = cursor.uint8();
    cursor.skip(1);
    readSubItem(type, cursor.part(cursor.uint16()), draft);
  }
  return draft;
}

function readSubItem(type: number, item: ByteCursor, draft: Draft): void {
  if (type === 0x51) draft.maxPduLength = readMaxLength(item);
  else if (type === 0x52) draft.implementationClassUid = item.uid(item.remaining);
  else if (type === 0x53) draft.asynchronousOperations = readWindow(item);
  else if (type === 0x54) draft.roles.push(readRole(item));
  else if (type === 0x55) draft.implementationVersionName = item.text(item.remaining).trim();
  else if (type === 0x56) draft.extended.push(readExtended(item));
  else if (type === 0x57) draft.commonExtended.push(readCommonExtended(item));
  else if (type === 0x58) draft.identity = readIdentity(item);
  else if (type === 0x59) draft.identityResponse = item.bytes(item.uint16()).slice();
}

/** PS3.8 annex D.1: 0 is no limit. */
function readMaxLength(item: ByteCursor): number {
  const length = item.uint32();
  if (length !== 0 && length < shortestDataLength) {
    throw new PduError(abortReasons.invalidParameter, `a maximum length of ${length}, in which nothing has room`);
  }
  return length;
}

function readWindow(item: ByteCursor): { readonly invoked: number; readonly performed: number } {
  return { invoked: item.uint16(), performed: item.uint16() };
}

function readRole(item: ByteCursor): RoleSelection {
  const sopClassUid = item.uid(item.uint16());
  return { sopClassUid, isScu: readFlag(item), isScp: readFlag(item) };
}

function readFlag(item: ByteCursor): boolean {
  const flag = item.uint8();
  if (flag > 1) throw new PduError(abortReasons.invalidParameter, `a flag of ${flag}`);
  return flag === 1;
}

function readExtended(item: ByteCursor): ExtendedNegotiation {
  const sopClassUid = item.uid(item.uint16());
  return { sopClassUid, information: item.bytes(item.remaining).slice() };
}

function readCommonExtended(item: ByteCursor): CommonExtendedNegotiation {
  const sopClassUid = item.uid(item.uint16());
  const serviceClassUid = item.uid(item.uint16());
  const related = item.part(item.uint16());
  const relatedGeneralSopClassUids: string[] = [];
  while (related.remaining > 0) relatedGeneralSopClassUids.push(related.uid(related.uint16()));
  return { sopClassUid, serviceClassUid, relatedGeneralSopClassUids };
}

function readIdentity(item: ByteCursor): UserIdentity {
  const type = item.uint8();
  const asksForResponse = readFlag(item);
  const primary = item.bytes(item.uint16()).slice();
  return { type, asksForResponse, primary, secondary: item.bytes(item.uint16()).slice() };
}
