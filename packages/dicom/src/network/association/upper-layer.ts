import type { Socket } from "node:net";
import { encodePdu } from "../pdu/encode-pdu.ts";
import type { Abort, AssociateAccept, AssociateReject, AssociateRequest, DataTransfer, Pdu } from "../pdu/pdu.ts";
import { abortReasons, PduError } from "../pdu/pdu-error.ts";
import { PduParser } from "../pdu/pdu-parser.ts";
import { type AssociationEnd, associationEnded } from "./association-end.ts";
import {
  type AssociationAction,
  type AssociationEvent,
  type AssociationState,
  actionAt,
} from "./association-states.ts";

/** What the service user is told. */
export interface UpperLayerUser {
  /** A-ASSOCIATE indication: it must answer by `accept` or `reject`. */
  onRequest(request: AssociateRequest): void;
  /** A-ASSOCIATE confirmation. */
  onAnswer(answer: AssociateAccept | AssociateReject): void;
  /** P-DATA indication. While a returned promise is open nothing is read from the peer. */
  onData(data: DataTransfer): Promise<void> | undefined;
  /** Called once. The connection may live on for a moment, until the peer closes it. */
  onEnd(end: AssociationEnd): void;
  /** Whether it is the peer's turn, so that its silence may time out. */
  isWaitingForPeer(): boolean;
}

/** How long to wait, and how much to take. */
export interface UpperLayerLimits {
  /** Longest variable part of a P-DATA-TF that is taken. */
  readonly maxPduLength: number;
  /** For the peer to ask for an association, and to close the connection (PS3.8 section 9.1.4). */
  readonly artimTimeoutMs: number;
  /** For the peer to send a whole PDU, or to take one, while it is its turn. */
  readonly idleTimeoutMs: number;
}

/** What an event brings along. */
interface Cause {
  readonly pdu?: Pdu;
  readonly pieces?: readonly Uint8Array[];
  readonly abortReason?: number;
  readonly reason?: string;
}

const protocolVersion1 = 1;

/** PDUs sent in one turn of the event loop. */
const longestBurst = 32;

/** A-ASSOCIATE-RJ by the provider's association control: protocol version not supported (PS3.8 table 9-21). */
const versionNotSupported: AssociateReject = { type: "associate-rj", result: 1, source: 2, reason: 2 };

/** What each PDU is to the state machine. */
const eventOfPdu: Readonly<Record<Pdu["type"], AssociationEvent>> = {
  "associate-rq": "Evt6",
  "associate-ac": "Evt3",
  "associate-rj": "Evt4",
  "p-data": "Evt10",
  "release-rq": "Evt12",
  "release-rp": "Evt13",
  abort: "Evt16",
};

/**
 * The DICOM upper layer over one connection (PS3.8 section 9): the state machine of table 9-10, the ARTIM timer, and PDUs in
 * and out with the backpressure of the socket. A-RELEASE is answered at once.
 */
export class UpperLayer {
  readonly #socket: Socket;
  readonly #user: UpperLayerUser;
  readonly #limits: UpperLayerLimits;
  readonly #request: AssociateRequest | undefined;
  readonly #parser: PduParser;
  readonly #peer: string;
  #state: AssociationState = "Sta1";
  #artim: ReturnType<typeof setTimeout> | undefined;
  /** Runs anew from each whole PDU to or from the peer: bytes alone would let one that trickles stay for ever. */
  readonly #silence: ReturnType<typeof setTimeout>;
  #end: AssociationEnd | undefined;
  #error: unknown;
  /** Whether a promise of the user holds reading back. */
  #isHeld = false;
  /** Whether what the peer still sends is thrown away, since its bytes can no longer be cut into PDUs. */
  #isDeaf = false;
  #burst = 0;
  #drainWaiters: { resolve(): void; reject(error: unknown): void }[] = [];

  /**
   * @param socket connected for an acceptor, connecting for a requestor
   * @param options `request` makes it the requestor, sent once `connected()` is called
   */
  constructor(
    socket: Socket,
    user: UpperLayerUser,
    options: UpperLayerLimits & { readonly request?: AssociateRequest },
  ) {
    this.#socket = socket;
    this.#user = user;
    this.#limits = options;
    this.#request = options.request;
    this.#parser = new PduParser(options.maxPduLength);
    this.#peer = `${socket.remoteAddress ?? "peer"}`;
    socket.setNoDelay(true);
    this.#silence = setTimeout(() => this.#onSilence(), options.idleTimeoutMs);
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("drain", () => {
      this.#silence.refresh();
      this.#settleDrain((waiter) => waiter.resolve());
    });
    socket.on("error", (error) => {
      this.#error = error;
    });
    socket.on("close", () => {
      clearTimeout(this.#silence);
      this.#dispatch("Evt17", { reason: reasonOf(this.#error) });
    });
    this.#dispatch(this.#request === undefined ? "Evt5" : "Evt1");
  }

  /** Transport connection confirmed: the requestor's A-ASSOCIATE-RQ goes out. */
  connected(): void {
    this.#dispatch("Evt2");
  }

  accept(answer: AssociateAccept): void {
    this.#dispatch("Evt7", { pdu: answer });
  }

  reject(answer: AssociateReject): void {
    this.#dispatch("Evt8", { pdu: answer });
  }

  /**
   * Sends whole P-DATA-TF PDUs, in pieces.
   *
   * @returns a promise where the peer takes less than is sent, settled when it may go on
   * @throws EtalonError `association-ended`
   */
  sendData(pieces: readonly Uint8Array[]): Promise<void> | undefined {
    if (actionAt("Evt9", this.#state) === undefined) throw this.#endedError();
    this.#dispatch("Evt9", { pieces });
    if (!this.#socket.writableNeedDrain) return this.#turnOfOthers();
    return new Promise((resolve, reject) => this.#drainWaiters.push({ resolve: () => resolve(), reject }));
  }

  /** A sender that never has to wait would keep every other association waiting, and not see its peer's C-CANCEL. */
  #turnOfOthers(): Promise<void> | undefined {
    this.#burst = (this.#burst + 1) % longestBurst;
    return this.#burst === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined;
  }

  /** Asks for the association's release, where it stands; `onEnd` tells when it is. Aborts where no answer comes in time. */
  release(): void {
    if (actionAt("Evt11", this.#state) === undefined) return;
    this.#dispatch("Evt11");
    const timer = setTimeout(() => this.abort("no answer to the release"), this.#limits.artimTimeoutMs);
    this.#socket.once("close", () => clearTimeout(timer));
  }

  /** Ends the association at once by A-ABORT, where there is one. */
  abort(reason: string): void {
    if (actionAt("Evt15", this.#state) !== undefined) this.#dispatch("Evt15", { reason });
  }

  /** Drops the connection without a word: for one that never asked for an association. */
  disconnect(): void {
    this.#socket.destroy();
  }

  /** Reads on where reading was held back by a promise of the user. */
  #pump(): void {
    while (!this.#isHeld && !this.#isDeaf) {
      try {
        const pdu = this.#parser.next();
        if (pdu === undefined) return;
        this.#silence.refresh();
        this.#dispatch(eventOfPdu[pdu.type], { pdu });
      } catch (thrown) {
        this.#fail(thrown);
      }
    }
  }

  #receive(chunk: Uint8Array): void {
    if (this.#isDeaf) return;
    // A Node Buffer is a Uint8Array whose slice() does not copy: plain ones are handed on.
    this.#parser.append(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#pump();
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof PduError) {
      this.#dispatch("Evt19", { abortReason: thrown.abortReason, reason: thrown.message });
      this.#isDeaf = true;
    } else {
      this.abort(reasonOf(thrown));
    }
  }

  #hold(open: Promise<void> | undefined): void {
    if (open === undefined) return;
    this.#isHeld = true;
    this.#socket.pause();
    const goOn = (): void => {
      this.#isHeld = false;
      if (!this.#socket.destroyed) this.#silence.refresh();
      this.#socket.resume();
      this.#pump();
    };
    open.catch((thrown: unknown) => this.#fail(thrown)).then(goOn);
  }

  #onSilence(): void {
    const isTransferring = actionAt("Evt11", this.#state) !== undefined;
    const isPeersTurn = this.#socket.writableLength > 0 || this.#user.isWaitingForPeer();
    if (isTransferring && isPeersTurn) this.abort(`nothing from the peer in ${this.#limits.idleTimeoutMs} ms`);
    else this.#silence.refresh();
  }

  #dispatch(event: AssociationEvent, cause: Cause = {}): void {
    const action = actionAt(event, this.#state);
    if (action === undefined) return;
    this.#state = this.#actions[action](cause);
    // The user's own turn comes once the state is settled: it may answer from within its callback.
    this.#tell(action, cause);
  }

  /** What is done at the connection, and the state after it. */
  readonly #actions: Readonly<Record<AssociationAction, (cause: Cause) => AssociationState>> = {
    "AE-1": () => "Sta4",
    "AE-2": () => this.#send(this.#request, "Sta5"),
    "AE-3": () => "Sta6",
    "AE-4": () => this.#close("Sta1"),
    "AE-5": () => this.#startArtim("Sta2"),
    "AE-6": ({ pdu }) => {
      this.#stopArtim();
      const isAcceptable = pdu?.type === "associate-rq" && (pdu.protocolVersion & protocolVersion1) !== 0;
      return isAcceptable ? "Sta3" : this.#startArtim(this.#send(versionNotSupported, "Sta13"));
    },
    "AE-7": ({ pdu }) => this.#send(pdu, "Sta6"),
    "AE-8": ({ pdu }) => this.#startArtim(this.#send(pdu, "Sta13")),
    "DT-1": ({ pieces }) => this.#write(pieces ?? [], "Sta6"),
    "DT-2": () => "Sta6",
    "AR-1": () => this.#send({ type: "release-rq" }, "Sta7"),
    "AR-2": () => "Sta8",
    "AR-3": () => this.#close("Sta1"),
    "AR-4": () => this.#startArtim(this.#send({ type: "release-rp" }, "Sta13")),
    "AR-5": () => this.#stopArtim("Sta1"),
    "AR-6": () => "Sta7",
    "AR-7": ({ pieces }) => this.#write(pieces ?? [], "Sta8"),
    "AR-8": () => (this.#request === undefined ? "Sta10" : "Sta9"),
    "AR-9": () => this.#send({ type: "release-rp" }, "Sta11"),
    "AR-10": () => "Sta12",
    "AA-1": () => this.#startArtim(this.#send({ type: "abort", source: 0, reason: 0 }, "Sta13")),
    "AA-2": () => this.#destroy(this.#stopArtim("Sta1")),
    "AA-3": () => this.#destroy("Sta1"),
    "AA-4": () => "Sta1",
    "AA-5": () => this.#stopArtim("Sta1"),
    "AA-6": () => "Sta13",
    "AA-7": (cause) => this.#deafen(this.#send(providerAbort(cause), "Sta13")),
    "AA-8": (cause) => this.#startArtim(this.#send(providerAbort(cause), "Sta13")),
  };

  /** Indications and confirmations to the user. */
  #tell(action: AssociationAction, cause: Cause): void {
    const { pdu } = cause;
    if (action === "AE-6" && this.#state === "Sta3" && pdu?.type === "associate-rq") this.#user.onRequest(pdu);
    else if (action === "AE-3" && pdu?.type === "associate-ac") this.#user.onAnswer(pdu);
    else if (action === "AE-4" && pdu?.type === "associate-rj") this.#user.onAnswer(pdu);
    else if ((action === "DT-2" || action === "AR-6") && pdu?.type === "p-data") this.#hold(this.#user.onData(pdu));
    else if (action === "AR-2" || action === "AR-8" || action === "AR-10") this.#dispatch("Evt14");
    const end = endOf(action, cause);
    if (end !== undefined && (action !== "AE-6" || this.#state === "Sta13")) this.#finish(end);
  }

  #finish(end: AssociationEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    const error = this.#endedError();
    this.#settleDrain((waiter) => waiter.reject(error));
    this.#user.onEnd(end);
  }

  #endedError(): Error {
    const end = this.#end ?? { kind: "closed", reason: "there is no association yet, or it is being released" };
    return associationEnded(this.#peer, end, this.#error);
  }

  #settleDrain(settle: (waiter: { resolve(): void; reject(error: unknown): void }) => void): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const waiter of waiters) settle(waiter);
  }

  #send(pdu: Pdu | undefined, next: AssociationState): AssociationState {
    if (pdu !== undefined && pdu.type !== "p-data") this.#write([encodePdu(pdu)], next);
    return next;
  }

  /** All pieces in one system call. */
  #write(pieces: readonly Uint8Array[], next: AssociationState): AssociationState {
    if (!this.#socket.destroyed) this.#silence.refresh();
    this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    this.#socket.uncork();
    return next;
  }

  #startArtim(next: AssociationState): AssociationState {
    this.#stopArtim();
    this.#artim = setTimeout(() => this.#dispatch("Evt18", { reason: "ARTIM timer" }), this.#limits.artimTimeoutMs);
    return next;
  }

  #stopArtim(next: AssociationState = this.#state): AssociationState {
    clearTimeout(this.#artim);
    return next;
  }

  /** After what was written has gone out. */
  #close(next: AssociationState): AssociationState {
    this.#socket.destroySoon();
    return next;
  }

  #destroy(next: AssociationState): AssociationState {
    this.#socket.destroy();
    return next;
  }

  #deafen(next: AssociationState): AssociationState {
    this.#isDeaf = true;
    return next;
  }
}

/** How an action ends the association for its user, `undefined` where it does not. */
function endOf(action: AssociationAction, { pdu, reason = "" }: Cause): AssociationEnd | undefined {
  switch (action) {
    case "AE-4":
      return { kind: "rejected", reason: "by the peer" };
    case "AE-6":
      return { kind: "rejected", reason: "protocol version not supported" };
    case "AE-8":
      return { kind: "rejected", reason: "by this side" };
    case "AR-3":
    case "AR-4":
      return { kind: "released", reason: "" };
    case "AA-1":
    case "AA-8":
      return { kind: "aborted", reason: reason || "a PDU that has no place there" };
    case "AA-3":
      return { kind: "aborted-by-peer", reason: pdu?.type === "abort" ? abortText(pdu) : "" };
    case "AA-2":
    case "AA-4":
    case "AA-5":
      return { kind: "closed", reason: reason || "no word in time" };
    default:
      return undefined;
  }
}

function providerAbort({ abortReason }: Cause): Abort {
  return { type: "abort", source: 2, reason: abortReason ?? abortReasons.unexpectedPdu };
}

function abortText({ source, reason }: Abort): string {
  return `source ${source}, reason ${reason}`;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : "connection closed";
}
