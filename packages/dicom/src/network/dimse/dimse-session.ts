import type { Socket } from "node:net";
import type { EtalonError } from "@etalon/base";
import { type AssociationEnd, associationEnded } from "../association/association-end.ts";
import type { AgreedContext, Agreement } from "../association/peer.ts";
import { UpperLayer, type UpperLayerLimits, type UpperLayerUser } from "../association/upper-layer.ts";
import type { AssociateAccept, AssociateReject, AssociateRequest, DataTransfer } from "../pdu/pdu.ts";
import { abortReasons, PduError } from "../pdu/pdu-error.ts";
import { commandFields, responseBit } from "./command-set.ts";
import { dataTransfers, fragmentLength } from "./data-transfers.ts";
import { dimseMalformed } from "./dimse-malformed.ts";
import { isPending } from "./dimse-status.ts";
import type { OutgoingMessage, ReceivedMessage } from "./message.ts";
import { MessageAssembler } from "./message-assembler.ts";

/** A request being served. */
export interface ServedRequest {
  readonly session: DimseSession;
  readonly context: AgreedContext;
  readonly message: ReceivedMessage;
  readonly messageId: number;
  /** Aborted by C-CANCEL, and when the association ends. */
  readonly signal: AbortSignal;
  /** Whether the peer asked for the end of this operation. */
  isCancelled(): boolean;
}

/** What a session needs of its owner. */
export interface SessionUser {
  /** Of an acceptor: settles an A-ASSOCIATE-RQ. */
  onRequest(request: AssociateRequest, session: DimseSession): void;
  /** Of a requestor: A-ASSOCIATE-AC or -RJ. */
  onAnswer(answer: AssociateAccept | AssociateReject): void;
  /** Answers a request; the next one waits until it is done. */
  serve(request: ServedRequest): Promise<void>;
  onEnd(end: AssociationEnd): void;
}

/** Requests that may wait behind the one being served, though PS3.7 annex D.3.3.3.1 allows none without negotiation. */
const mostWaitingRequests = 8;

/** Operations that C-CANCEL ends (PS3.7 section 9.3.2.3, 9.3.3.3 and 9.3.4.3); a C-STORE with that Message ID goes on. */
const cancellable: readonly number[] = [commandFields.findRequest, commandFields.getRequest, commandFields.moveRequest];

interface PendingOperation {
  /** Command Field that answers it. */
  readonly responseField: number;
  onResponse(message: ReceivedMessage): Promise<void> | undefined;
  fail(error: EtalonError): void;
}

/**
 * DIMSE on one association, either role: messages to and fro, responses to who asked, requests one after the other to
 * {@link SessionUser.serve}, C-CANCEL to the operation it names.
 */
export class DimseSession implements UpperLayerUser {
  readonly #layer: UpperLayer;
  readonly #user: SessionUser;
  readonly #isRequestor: boolean;
  readonly #assembler = new MessageAssembler((message) => this.#route(message));
  readonly #pending = new Map<number, PendingOperation>();
  readonly #waiting: ReceivedMessage[] = [];
  #makeRoom: (() => void) | undefined;
  #isServing = false;
  #served:
    | (Pick<ServedRequest, "messageId" | "message"> & { abort: AbortController; isCancelled: boolean })
    | undefined;
  #sending: Promise<void> = Promise.resolve();
  #lastMessageId = 0;
  #agreement: Agreement | undefined;
  #end: EtalonError | undefined;
  #onIdle: (() => void) | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(socket: Socket, user: SessionUser, options: UpperLayerLimits & { readonly request?: AssociateRequest }) {
    this.#user = user;
    this.#isRequestor = options.request !== undefined;
    this.#layer = new UpperLayer(socket, this, options);
  }

  get layer(): UpperLayer {
    return this.#layer;
  }

  /** @throws EtalonError `association-ended` where nothing was agreed on yet */
  get agreement(): Agreement {
    if (this.#agreement === undefined) throw this.#endedError();
    return this.#agreement;
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** Settles when the association has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether an association stands, or stood. */
  get hasAgreement(): boolean {
    return this.#agreement !== undefined;
  }

  /** From here on messages may come and go. */
  agree(agreement: Agreement): void {
    this.#agreement = agreement;
  }

  /** A number for the next request of this side, 1 to 65535. */
  nextMessageId(): number {
    this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    return this.#lastMessageId;
  }

  /**
   * Sends a message once those before it are out. An object whose source fails on the way ends the association: what the
   * peer has of it cannot be taken back.
   *
   * @throws EtalonError `association-ended`, and what `data` throws
   */
  send(message: OutgoingMessage): Promise<void> {
    const sent = this.#sending.then(() => this.#transfer(message));
    this.#sending = sent.catch(() => {});
    return sent;
  }

  async #transfer(message: OutgoingMessage): Promise<void> {
    const longest = fragmentLength(this.agreement.peerMaxPduLength);
    let isUnderWay = false;
    try {
      for await (const pieces of dataTransfers(message, longest)) {
        const full = this.#layer.sendData(pieces);
        isUnderWay = true;
        if (full !== undefined) await full;
      }
    } catch (thrown) {
      if (isUnderWay) this.#layer.abort("an object could not be read to its end");
      throw thrown;
    }
  }

  /**
   * Sends a request and settles with its final response.
   *
   * @param onPending told of each response before; nothing is read while its promise is open
   * @throws EtalonError `association-ended`
   */
  async request(
    message: OutgoingMessage & { readonly command: { readonly messageId: number; readonly commandField: number } },
    onPending: (response: ReceivedMessage) => Promise<void> | undefined = () => undefined,
  ): Promise<ReceivedMessage> {
    const { messageId, commandField } = message.command;
    const final = new Promise<ReceivedMessage>((resolve, reject) => {
      if (this.#end !== undefined) reject(this.#end);
      this.#pending.set(messageId, {
        responseField: commandField | responseBit,
        onResponse: (response) => {
          if (isPending(response.command.status ?? 0)) return onPending(response);
          this.#pending.delete(messageId);
          resolve(response);
          return undefined;
        },
        fail: reject,
      });
    });
    // Both may fail for one cause; the first is told.
    final.catch(() => {});
    try {
      await this.send(message);
    } catch (thrown) {
      this.#pending.delete(messageId);
      throw thrown;
    }
    return final;
  }

  /** Resolves when no request is being served, or waits to be. */
  idle(): Promise<void> {
    if (!this.#isServing) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  onRequest(request: AssociateRequest): void {
    this.#user.onRequest(request, this);
  }

  onAnswer(answer: AssociateAccept | AssociateReject): void {
    this.#user.onAnswer(answer);
  }

  onData(data: DataTransfer): Promise<void> | undefined {
    for (const { contextId } of data.values) {
      if (!this.agreement.contexts.has(contextId)) {
        throw new PduError(abortReasons.invalidParameter, `presentation context ${contextId} was not accepted`);
      }
    }
    return this.#assembler.take(data.values);
  }

  onEnd(end: AssociationEnd): void {
    const error = associationEnded(this.#agreement?.peer.remoteAddress ?? "peer", end);
    this.#end = error;
    this.#assembler.fail(error);
    this.#served?.abort.abort(error);
    this.#waiting.length = 0;
    for (const operation of this.#pending.values()) operation.fail(error);
    this.#pending.clear();
    this.#ended.resolve();
    this.#user.onEnd(end);
  }

  isWaitingForPeer(): boolean {
    if (this.#assembler.isStarving) return true;
    const isAnswerDue = this.#pending.size > 0;
    if (this.#isRequestor) return isAnswerDue && this.#served === undefined;
    return isAnswerDue || this.#served === undefined;
  }

  #endedError(): EtalonError {
    return this.#end ?? associationEnded("peer", { kind: "closed", reason: "no association was agreed on" });
  }

  #route(message: ReceivedMessage): Promise<void> | undefined {
    if (this.#end !== undefined) return undefined;
    const { commandField } = message.command;
    if ((commandField & responseBit) !== 0) return this.#routeResponse(message);
    if (commandField === commandFields.cancelRequest) return this.#cancel(message);
    this.#waiting.push(message);
    if (!this.#isServing) void this.#serveAll();
    if (this.#waiting.length < mostWaitingRequests) return undefined;
    return new Promise((resolve) => {
      this.#makeRoom = resolve;
    });
  }

  #routeResponse(message: ReceivedMessage): Promise<void> | undefined {
    const { commandField, messageIdBeingRespondedTo, status } = message.command;
    const operation = this.#pending.get(messageIdBeingRespondedTo ?? -1);
    if (operation?.responseField !== commandField || status === undefined)
      throw dimseMalformed("a response that nobody waits for");
    return operation.onResponse(message);
  }

  /** A cancellation of what is already answered crosses the answer on its way and means nothing. */
  #cancel(message: ReceivedMessage): undefined {
    message.data?.abandon();
    const served = this.#served;
    if (served === undefined || served.messageId !== message.command.messageIdBeingRespondedTo) return;
    if (!cancellable.includes(served.message.command.commandField)) return;
    served.isCancelled = true;
    served.abort.abort();
  }

  async #serveAll(): Promise<void> {
    this.#isServing = true;
    for (let message = this.#waiting.shift(); message !== undefined; message = this.#waiting.shift()) {
      this.#makeRoom?.();
      this.#makeRoom = undefined;
      try {
        await this.#serveOne(message);
      } catch (thrown) {
        // An association that ended tells its user by itself; anything else would leave the peer without an answer.
        this.#layer.abort(thrown instanceof Error ? thrown.message : "a request could not be answered");
      }
      message.data?.abandon();
    }
    this.#isServing = false;
    this.#onIdle?.();
  }

  async #serveOne(message: ReceivedMessage): Promise<void> {
    const { messageId } = message.command;
    const context = this.agreement.contexts.get(message.contextId);
    if (messageId === undefined || context === undefined) throw dimseMalformed("a request without Message ID");
    const served = { messageId, message, abort: new AbortController(), isCancelled: false };
    this.#served = served;
    try {
      const { signal } = served.abort;
      await this.#user.serve({
        session: this,
        context,
        message,
        messageId,
        signal,
        isCancelled: () => served.isCancelled,
      });
    } finally {
      this.#served = undefined;
    }
  }
}
