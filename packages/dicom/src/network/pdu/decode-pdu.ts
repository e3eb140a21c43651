import { aeTitleLength } from "./ae-title.ts";
import { ByteCursor } from "./byte-cursor.ts";
import { decodeUserInformation } from "./decode-user-information.ts";
import type {
  AnsweredContext,
  ContextResult,
  DataTransfer,
  Pdu,
  PresentationDataValue,
  ProposedContext,
  UserInformation,
} from "./pdu.ts";
import { abortReasons, PduError } from "./pdu-error.ts";

/**
 * Reads a PDU from its type and its variable part, whose bytes presentation data values view and do not copy.
 *
 * @throws PduError `pdu-malformed`, with the reason for an A-ABORT
 */
export function decodePdu(typeCode: number, body: Uint8Array): Pdu {
  switch (typeCode) {
    case 1:
      return { type: "associate-rq", ...decodeAssociation(body, proposedContexts) };
    case 2:
      return { type: "associate-ac", ...decodeAssociation(body, answeredContexts) };
    case 3:
      return { type: "associate-rj", ...decodeFour(body, (result, source, reason) => ({ result, source, reason })) };
    case 4:
      return decodeData(body);
    case 5:
      return decodeFour(body, () => ({ type: "release-rq" }) as const);
    case 6:
      return decodeFour(body, () => ({ type: "release-rp" }) as const);
    case 7:
      return { type: "abort", ...decodeFour(body, (_reserved, source, reason) => ({ source, reason })) };
    default:
      throw new PduError(abortReasons.unrecognizedPdu, `PDU type ${typeCode}`);
  }
}

/** The variable part of the short PDUs: one reserved byte and three fields (PS3.8 tables 9-21 and 9-24 to 9-26). */
function decodeFour<T>(body: Uint8Array, read: (second: number, third: number, fourth: number) => T): T {
  if (body.length !== 4)
    throw new PduError(abortReasons.invalidParameter, `a PDU length of ${body.length} instead of 4`);
  return read(body[1], body[2], body[3]);
}

interface Association<Context> {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly contexts: readonly Context[];
  readonly user: UserInformation;
}

/** One kind of presentation context item: its type, and how its content is read. */
interface ContextKind<Context> {
  readonly itemType: number;
  readonly read: (item: ByteCursor) => Context;
}

const proposedContexts: ContextKind<ProposedContext> = { itemType: 0x20, read: readProposed };
const answeredContexts: ContextKind<AnsweredContext> = { itemType: 0x21, read: readAnswered };

const reservedAfterTitles = 32;
const applicationContextItem = 0x10;
const abstractSyntaxItem = 0x30;
const transferSyntaxItem = 0x40;
const userInformationItem = 0x50;

function decodeAssociation<Context extends { readonly id: number }>(
  body: Uint8Array,
  kind: ContextKind<Context>,
): Association<Context> {
  const cursor = new ByteCursor(body);
  const protocolVersion = cursor.uint16();
  cursor.skip(2);
  const calledAeTitle = readTitle(cursor);
  const callingAeTitle = readTitle(cursor);
  cursor.skip(reservedAfterTitles);
  let applicationContext: string | undefined;
  let user: UserInformation | undefined;
  const contexts = new Map<number, Context>();
  while (cursor.remaining > 0) {
    const { type, item } = readItem(cursor);
    if (type === applicationContextItem) applicationContext = once(applicationContext, item.uid(item.remaining));
    else if (type === userInformationItem) user = once(user, decodeUserInformation(item));
    else if (type === kind.itemType) addContext(contexts, kind.read(item));
  }
  if (applicationContext === undefined || user === undefined || contexts.size === 0) {
    throw new PduError(abortReasons.invalidParameter, "an item that must be there is not");
  }
  return {
    protocolVersion,
    calledAeTitle,
    callingAeTitle,
    applicationContext,
    contexts: [...contexts.values()],
    user,
  };
}

function readTitle(cursor: ByteCursor): string {
  return cursor.text(aeTitleLength).replaceAll("\0", " ").trim();
}

function readItem(cursor: ByteCursor): { readonly type: number; readonly item: ByteCursor } {
  const type = cursor.uint8();
  cursor.skip(1);
  return { type, item: cursor.part(cursor.uint16()) };
}

function once<T>(before: T | undefined, now: T): T {
  if (before !== undefined) throw new PduError(abortReasons.unexpectedParameter, "an item stands there twice");
  return now;
}

function addContext<Context extends { readonly id: number }>(contexts: Map<number, Context>, context: Context): void {
  if (context.id % 2 === 0 || contexts.has(context.id)) {
    throw new PduError(abortReasons.invalidParameter, `presentation context id ${context.id} is even or there twice`);
  }
  contexts.set(context.id, context);
}

function readProposed(item: ByteCursor): ProposedContext {
  const id = item.uint8();
  item.skip(3);
  let abstractSyntax: string | undefined;
  const transferSyntaxes: string[] = [];
  while (item.remaining > 0) {
    const { type, item: syntax } = readItem(item);
    if (type === abstractSyntaxItem) abstractSyntax = once(abstractSyntax, syntax.uid(syntax.remaining));
    else if (type === transferSyntaxItem) transferSyntaxes.push(syntax.uid(syntax.remaining));
  }
  if (abstractSyntax === undefined || transferSyntaxes.length === 0) {
    throw new PduError(abortReasons.invalidParameter, `presentation context ${id} names no syntax`);
  }
  return { id, abstractSyntax, transferSyntaxes };
}

function readAnswered(item: ByteCursor): AnsweredContext {
  const id = item.uint8();
  item.skip(1);
  const result = item.uint8();
  item.skip(1);
  if (!isContextResult(result)) throw new PduError(abortReasons.invalidParameter, `context result ${result}`);
  let transferSyntax = "";
  while (item.remaining > 0) {
    const { type, item: syntax } = readItem(item);
    if (type === transferSyntaxItem) transferSyntax = syntax.uid(syntax.remaining);
  }
  return { id, result, transferSyntax };
}

function isContextResult(result: number): result is ContextResult {
  return result <= 4;
}

function decodeData(body: Uint8Array): DataTransfer {
  const cursor = new ByteCursor(body);
  const values: PresentationDataValue[] = [];
  while (cursor.remaining > 0) {
    const length = cursor.uint32();
    if (length < 2) throw new PduError(abortReasons.invalidParameter, `a presentation data value of ${length} bytes`);
    const contextId = cursor.uint8();
    const header = cursor.uint8();
    values.push({
      contextId,
      isCommand: (header & 1) === 1,
      isLast: (header & 2) === 2,
      bytes: cursor.bytes(length - 2),
    });
  }
  if (values.length === 0) throw new PduError(abortReasons.invalidParameter, "a P-DATA-TF without a value");
  return { type: "p-data", values };
}
