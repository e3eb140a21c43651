/** A presentation context as the requestor proposes it (PS3.8 table 9-13). */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  /** In the requestor's order. */
  readonly transferSyntaxes: readonly string[];
}

/** What became of a presentation context (PS3.8 table 9-18): 0 accepted, 3 abstract, 4 transfer syntax not supported. */
export type ContextResult = 0 | 1 | 2 | 3 | 4;

/** A presentation context as the acceptor answers it. */
export interface AnsweredContext {
  readonly id: number;
  readonly result: ContextResult;
  /** Meaningless unless accepted. */
  readonly transferSyntax: string;
}

/** Who is SCU and SCP of a SOP class (PS3.7 annex D.3.3.4), seen from the requestor. */
export interface RoleSelection {
  readonly sopClassUid: string;
  readonly isScu: boolean;
  readonly isScp: boolean;
}

/** Application information of one SOP class (PS3.7 annex D.3.3.5). */
export interface ExtendedNegotiation {
  readonly sopClassUid: string;
  readonly information: Uint8Array;
}

/** The service and the related general classes of a SOP class (PS3.7 annex D.3.3.6). */
export interface CommonExtendedNegotiation {
  readonly sopClassUid: string;
  readonly serviceClassUid: string;
  readonly relatedGeneralSopClassUids: readonly string[];
}

/** Who the requestor says it is (PS3.7 annex D.3.3.7): 1 user, 2 user and passcode, 3 Kerberos, 4 SAML, 5 JWT. */
export interface UserIdentity {
  readonly type: number;
  readonly asksForResponse: boolean;
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

/** The user information item and its sub-items (PS3.8 annex D, PS3.7 annex D.3.3). */
export interface UserInformation {
  /** Longest P-DATA-TF that its sender takes, the six bytes of the PDU's header left out; 0 sets no limit. */
  readonly maxPduLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName?: string;
  /** Operations that may be open at once, 0 sets no limit; one of each where absent. */
  readonly asynchronousOperations?: { readonly invoked: number; readonly performed: number };
  readonly roles: readonly RoleSelection[];
  readonly extended: readonly ExtendedNegotiation[];
  /** Of a request only. */
  readonly commonExtended: readonly CommonExtendedNegotiation[];
  /** Of a request only. */
  readonly identity?: UserIdentity;
  /** Of an acceptance only. */
  readonly identityResponse?: Uint8Array;
}

/** A-ASSOCIATE-RQ (PS3.8 section 9.3.2). */
export interface AssociateRequest {
  readonly type: "associate-rq";
  /** Bit 0 is version 1. */
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly contexts: readonly ProposedContext[];
  readonly user: UserInformation;
}

/** A-ASSOCIATE-AC (PS3.8 section 9.3.3). */
export interface AssociateAccept {
  readonly type: "associate-ac";
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly contexts: readonly AnsweredContext[];
  readonly user: UserInformation;
}

/** A-ASSOCIATE-RJ (PS3.8 table 9-21): what kind of refusal, by whom, and why. */
export interface AssociateReject {
  readonly type: "associate-rj";
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** One presentation data value (PS3.8 section 9.3.5.1 and annex E.2): a fragment of a command or of a data set. */
export interface PresentationDataValue {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly isLast: boolean;
  readonly bytes: Uint8Array;
}

/** P-DATA-TF (PS3.8 section 9.3.5). */
export interface DataTransfer {
  readonly type: "p-data";
  readonly values: readonly PresentationDataValue[];
}

/** A-ABORT (PS3.8 table 9-26): source 0 is the service user, 2 the provider, whose reason tells why. */
export interface Abort {
  readonly type: "abort";
  readonly source: number;
  readonly reason: number;
}

/** The seven protocol data units of PS3.8 section 9.3. */
export type Pdu =
  | AssociateRequest
  | AssociateAccept
  | AssociateReject
  | DataTransfer
  | { readonly type: "release-rq" }
  | { readonly type: "release-rp" }
  | Abort;

/** The first byte of each PDU. */
export const pduTypeCodes: Readonly<Record<Pdu["type"], number>> = {
  "associate-rq": 1,
  "associate-ac": 2,
  "associate-rj": 3,
  "p-data": 4,
  "release-rq": 5,
  "release-rp": 6,
  abort: 7,
};

/** Bytes before a PDU's variable part: type, reserved, length. */
export const pduHeaderLength = 6;

/** Bytes of a presentation data value before its fragment, as a PDU's length counts them: length, context, header. */
export const pdvHeaderLength = 6;

/** The one application context of DICOM (PS3.7 annex A.2.1). */
export const dicomApplicationContext = "1.2.840.10008.3.1.1.1";
