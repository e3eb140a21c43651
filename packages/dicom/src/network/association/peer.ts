import type { UserIdentity } from "../pdu/pdu.ts";

/** Who is at the other end of an association. */
export interface Peer {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** IP address. */
  readonly remoteAddress: string;
  readonly implementationClassUid: string;
  readonly implementationVersionName?: string;
  /** As the requestor gave it, unchecked. */
  readonly identity?: UserIdentity;
}

/** A presentation context that both sides agreed on, with the roles of this side. */
export interface AgreedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
  readonly isScu: boolean;
  readonly isScp: boolean;
}

/** What negotiation settled. */
export interface Agreement {
  readonly peer: Peer;
  readonly contexts: ReadonlyMap<number, AgreedContext>;
  /** Longest P-DATA-TF that the peer takes, 0 for any. */
  readonly peerMaxPduLength: number;
  /** Application information that was agreed on, by SOP class (PS3.7 annex D.3.3.5). */
  readonly extended: ReadonlyMap<string, Uint8Array>;
}
