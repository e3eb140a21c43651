import { byteChunks } from "../../byte-chunks.ts";
import { encodeAscii } from "../../encode-text.ts";
import { aeTitleLength } from "./ae-title.ts";
import {
  type AnsweredContext,
  type AssociateAccept,
  type AssociateRequest,
  type Pdu,
  type ProposedContext,
  pduHeaderLength,
  pduTypeCodes,
  type UserInformation,
} from "./pdu.ts";

/** The bytes of a PDU, all but P-DATA-TF, which {@link dataTransferHeader} begins (PS3.8 section 9.3). */
export function encodePdu(pdu: Exclude<Pdu, { readonly type: "p-data" }>): Uint8Array {
  const body = encodeBody(pdu);
  return joined(Uint8Array.of(pduTypeCodes[pdu.type], 0), uint32(body.length), body);
}

function encodeBody(pdu: Exclude<Pdu, { readonly type: "p-data" }>): Uint8Array {
  switch (pdu.type) {
    case "associate-rq":
      return encodeAssociation(pdu, pdu.contexts.map(encodeProposed));
    case "associate-ac":
      return encodeAssociation(pdu, pdu.contexts.map(encodeAnswered));
    case "associate-rj":
      return Uint8Array.of(0, pdu.result, pdu.source, pdu.reason);
    case "abort":
      return Uint8Array.of(0, 0, pdu.source, pdu.reason);
    default:
      return new Uint8Array(4);
  }
}

/**
 * The twelve bytes before a fragment: the header of a P-DATA-TF with one presentation data value, and that value's header
 * (PS3.8 table 9-22 and annex E.2).
 */
export function dataTransferHeader(value: {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly isLast: boolean;
  /** Of the fragment. */
  readonly length: number;
}): Uint8Array {
  const header = new Uint8Array(12);
  const view = new DataView(header.buffer);
  view.setUint8(0, pduTypeCodes["p-data"]);
  view.setUint32(2, value.length + pduHeaderLength);
  view.setUint32(6, value.length + 2);
  view.setUint8(10, value.contextId);
  view.setUint8(11, (value.isCommand ? 1 : 0) | (value.isLast ? 2 : 0));
  return header;
}

function encodeAssociation(pdu: AssociateRequest | AssociateAccept, contexts: readonly Uint8Array[]): Uint8Array {
  return joined(
    uint16(pdu.protocolVersion),
    new Uint8Array(2),
    title(pdu.calledAeTitle),
    title(pdu.callingAeTitle),
    new Uint8Array(32),
    item(0x10, text(pdu.applicationContext)),
    ...contexts,
    item(0x50, encodeUserInformation(pdu.user)),
  );
}

function encodeProposed({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Uint8Array {
  const syntaxes = transferSyntaxes.map((uid) => item(0x40, text(uid)));
  return item(0x20, Uint8Array.of(id, 0, 0, 0), item(0x30, text(abstractSyntax)), ...syntaxes);
}

function encodeAnswered({ id, result, transferSyntax }: AnsweredContext): Uint8Array {
  return item(0x21, Uint8Array.of(id, 0, result, 0), item(0x40, text(transferSyntax)));
}

/** Sub-items in the order of PS3.7 annex D.3.3. */
function encodeUserInformation(user: UserInformation): Uint8Array {
  const { asynchronousOperations: window, implementationVersionName: version, identity, identityResponse } = user;
  return joined(
    item(0x51, uint32(user.maxPduLength)),
    item(0x52, text(user.implementationClassUid)),
    ...(window === undefined ? [] : [item(0x53, uint16(window.invoked), uint16(window.performed))]),
    ...user.roles.map(({ sopClassUid, isScu, isScp }) =>
      item(0x54, counted(text(sopClassUid)), Uint8Array.of(isScu ? 1 : 0, isScp ? 1 : 0)),
    ),
    ...(version === undefined ? [] : [item(0x55, text(version))]),
    ...user.extended.map(({ sopClassUid, information }) => item(0x56, counted(text(sopClassUid)), information)),
    ...user.commonExtended.map(({ sopClassUid, serviceClassUid, relatedGeneralSopClassUids }) =>
      item(
        0x57,
        counted(text(sopClassUid)),
        counted(text(serviceClassUid)),
        counted(joined(...relatedGeneralSopClassUids.map((uid) => counted(text(uid))))),
      ),
    ),
    ...(identity === undefined
      ? []
      : [
          item(
            0x58,
            Uint8Array.of(identity.type, identity.asksForResponse ? 1 : 0),
            counted(identity.primary),
            counted(identity.secondary),
          ),
        ]),
    ...(identityResponse === undefined ? [] : [item(0x59, counted(identityResponse))]),
  );
}

/** An item: type, reserved byte, length of 16 bits, content. */
function item(type: number, ...content: readonly Uint8Array[]): Uint8Array {
  return joined(Uint8Array.of(type, 0), counted(joined(...content)));
}

function counted(bytes: Uint8Array): Uint8Array {
  return joined(uint16(bytes.length), bytes);
}

function uint16(value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value);
  return bytes;
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function text(value: string): Uint8Array {
  return encodeAscii(value, "PDU");
}

function title(value: string): Uint8Array {
  return text(value.padEnd(aeTitleLength));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const chunks = byteChunks();
  for (const part of parts) chunks.append(part);
  return chunks.join();
}
