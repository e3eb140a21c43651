import { EtalonError } from "@etalon/base";
import { textsOf } from "../attribute-values.ts";
import type { DataSet } from "../data-set.ts";
import type { AgreedContext, Agreement } from "./association/peer.ts";
import { type CommandSet, commandFields } from "./dimse/command-set.ts";
import { DimseError } from "./dimse/dimse-error.ts";
import type { DimseSession } from "./dimse/dimse-session.ts";
import { dimseStatus } from "./dimse/dimse-status.ts";
import { encodeIdentifier, readIdentifier } from "./dimse/identifier.ts";
import type { ReceivedMessage } from "./dimse/message.ts";
import { Pipe } from "./dimse/pipe.ts";

import type { ActionOptions, EventReportOptions, NServiceReply, OutgoingInstance } from "./services/handlers.ts";
import { sendAction, sendEventReport } from "./services/send-n-service.ts";
import { type MoveOriginator, sendStore } from "./services/send-store.ts";
import type { StoreHandler } from "./services/serve-store.ts";
import { verificationSopClass } from "./sop-classes.ts";

/** A query. */
export interface FindOptions {
  readonly sopClassUid: string;
  /** With QueryRetrieveLevel, where the model has levels. */
  readonly identifier: DataSet;
  /** Ends the query by C-CANCEL, as leaving the iteration does. */
  readonly signal?: AbortSignal;
}

/** Counts of sub-operations as the peer tells them; what it does not tell is 0. */
export interface RetrieveProgress {
  readonly remaining: number;
  readonly completed: number;
  readonly failed: number;
  readonly warning: number;
}

/** What both retrieve services take. */
export interface RetrieveOptions extends FindOptions {
  /** Told of each pending response. */
  onProgress?(progress: RetrieveProgress): void;
}

/** How a retrieve ended: status 0000H, B000H (some failed) or FE00H (cancelled). */
export interface RetrieveResult extends RetrieveProgress {
  readonly status: number;
  readonly failedSopInstanceUids: readonly string[];
}

/** Matches that may wait for a reader before the peer is held back. */
const mostWaitingMatches = 32;
const failedSopInstanceUidList = "00080058";
const mediumPriority = 0;

/** An open association of a requestor: the services of PS3.4 as SCU, one operation after the other. */
export class RequestorAssociation {
  readonly #session: DimseSession;
  #turn: Promise<void> = Promise.resolve();
  #storeHandler: StoreHandler | undefined;

  constructor(session: DimseSession) {
    this.#session = session;
  }

  /** What was agreed on: contexts, and who the peer is. */
  get agreement(): Agreement {
    return this.#session.agreement;
  }

  /** Whether operations can still begin. */
  get isOpen(): boolean {
    return this.#session.isOpen;
  }

  /** Takes the objects of a C-GET while one runs. */
  get storeHandler(): StoreHandler | undefined {
    return this.#storeHandler;
  }

  /** C-ECHO. @throws DimseError; EtalonError `context-not-accepted`, `association-ended` */
  echo(): Promise<void> {
    return this.#exclusively(async () => {
      const { command, data } = await this.#request(verificationSopClass, { commandField: commandFields.echoRequest });
      data?.abandon();
      throwUnless(command, [dimseStatus.success]);
    });
  }

  /**
   * C-STORE of one object.
   *
   * @returns the peer's status, success or a warning
   * @throws DimseError; EtalonError `context-not-accepted`, `association-ended`; what reading the object throws
   */
  store(instance: OutgoingInstance, originator?: MoveOriginator): Promise<{ readonly status: number }> {
    return this.#exclusively(() => sendStore(this.#session, instance, originator));
  }

  /**
   * C-FIND: the matches as they come. Leaving early cancels the query.
   *
   * @throws DimseError; EtalonError `context-not-accepted`, `association-ended`; DicomError (a match that cannot be read)
   */
  async *find(options: FindOptions): AsyncGenerator<DataSet, void> {
    const leave = await this.#enter();
    try {
      yield* this.#find(options);
    } finally {
      leave();
    }
  }

  /** C-MOVE: has the peer send objects to an application entity that it knows. @throws as {@link get} */
  move(options: RetrieveOptions & { readonly moveDestination: string }): Promise<RetrieveResult> {
    const { moveDestination } = options;
    return this.#exclusively(() =>
      this.#retrieve(options, { commandField: commandFields.moveRequest, moveDestination }),
    );
  }

  /**
   * C-GET: has the peer send objects on this association, to `store`. Their contexts must have been proposed with the role
   * of SCP. What `store` throws is answered as a failure, and comes back in the peer's count of them.
   *
   * @throws DimseError; EtalonError `context-not-accepted`, `association-ended`
   */
  get(options: RetrieveOptions & { readonly store: StoreHandler }): Promise<RetrieveResult> {
    return this.#exclusively(async () => {
      this.#storeHandler = options.store;
      try {
        return await this.#retrieve(options, { commandField: commandFields.getRequest });
      } finally {
        this.#storeHandler = undefined;
      }
    });
  }

  /**
   * N-ACTION, such as a request for storage commitment.
   *
   * @throws DimseError; EtalonError `context-not-accepted`, `association-ended`; DicomError (a reply that cannot be read)
   */
  action(options: ActionOptions): Promise<NServiceReply> {
    return this.#exclusively(() => sendAction(this.#session, options));
  }

  /** N-EVENT-REPORT, in a context that was proposed with the role of SCP. @throws as {@link action} */
  eventReport(options: EventReportOptions): Promise<NServiceReply> {
    return this.#exclusively(() => sendEventReport(this.#session, options));
  }

  /** Ends the association in order, once the operations before are done. Settles when it has ended, however it did. */
  async release(): Promise<void> {
    await this.#exclusively(async () => this.#session.layer.release());
    await this.#session.ended;
  }

  /** Ends the association at once. */
  abort(): void {
    this.#session.layer.abort("by its user");
  }

  async *#find({ sopClassUid, identifier, signal }: FindOptions): AsyncGenerator<DataSet, void> {
    const context = this.#contextOf(sopClassUid);
    const matches = new Pipe<Promise<DataSet>>({ limit: mostWaitingMatches, sizeOf: () => 1 });
    const operation = this.#start(
      context,
      { commandField: commandFields.findRequest },
      {
        identifier,
        signal,
        onPending: (response) => {
          const match = readIdentifier(response.data, context.transferSyntax);
          // It is read by who iterates; left early, nobody does.
          match.catch(() => {});
          return matches.write(match);
        },
      },
    );
    operation.final.then(
      () => matches.end(),
      (error: unknown) => matches.fail(error),
    );
    let isComplete = false;
    try {
      for await (const match of matches) yield await match;
      isComplete = true;
    } finally {
      if (!isComplete) operation.cancel();
      await operation.final.catch(() => {});
    }
    const { command, data } = await operation.final;
    data?.abandon();
    throwUnless(command, [dimseStatus.success, dimseStatus.cancel]);
  }

  async #retrieve(options: RetrieveOptions, command: RequestCommand): Promise<RetrieveResult> {
    const context = this.#contextOf(options.sopClassUid);
    const { identifier, signal } = options;
    const operation = this.#start(context, command, {
      identifier,
      signal,
      onPending: (pending) => {
        pending.data?.abandon();
        options.onProgress?.(progressOf(pending.command));
        return undefined;
      },
    });
    const response = await operation.final;
    const failed = await readIdentifier(response.data, context.transferSyntax);
    throwUnless(response.command, [
      dimseStatus.success,
      dimseStatus.subOperationsCompleteWithFailures,
      dimseStatus.cancel,
    ]);
    return {
      status: response.command.status ?? dimseStatus.success,
      ...progressOf(response.command),
      failedSopInstanceUids: textsOf(failed, failedSopInstanceUidList),
    };
  }

  #request(sopClassUid: string, command: RequestCommand): Promise<ReceivedMessage> {
    const messageId = this.#session.nextMessageId();
    return this.#session.request({
      contextId: this.#contextOf(sopClassUid).id,
      command: { ...command, affectedSopClassUid: sopClassUid, messageId },
    });
  }

  /** Begins an operation with an identifier, which its signal cancels. */
  #start(context: AgreedContext, command: RequestCommand, how: OperationOptions): Operation {
    const messageId = this.#session.nextMessageId();
    const cancel = (): void => {
      const cancellation = { commandField: commandFields.cancelRequest, messageIdBeingRespondedTo: messageId };
      // Where the association is gone the operation itself tells.
      this.#session.send({ contextId: context.id, command: cancellation }).catch(() => {});
    };
    const { signal } = how;
    const message = {
      contextId: context.id,
      command: { ...command, affectedSopClassUid: context.abstractSyntax, messageId, priority: mediumPriority },
      data: [encodeIdentifier(how.identifier, context.transferSyntax)],
    };
    const final = this.#session
      .request(message, how.onPending)
      .finally(() => signal?.removeEventListener("abort", cancel));
    final.catch(() => {});
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener("abort", cancel, { once: true });
    return { final, cancel };
  }

  #contextOf(sopClassUid: string): AgreedContext {
    const { contexts, peer } = this.agreement;
    const context = [...contexts.values()].find((each) => each.isScu && each.abstractSyntax === sopClassUid);
    if (context !== undefined) return context;
    throw new EtalonError("context-not-accepted", { field: peer.calledAeTitle, received: sopClassUid });
  }

  async #exclusively<T>(operation: () => Promise<T>): Promise<T> {
    const leave = await this.#enter();
    try {
      return await operation();
    } finally {
      leave();
    }
  }

  /** Waits for the operations before: one at a time, as no asynchronous window is negotiated. */
  async #enter(): Promise<() => void> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    return resolve;
  }
}

/** What a request says besides its number and SOP class. */
type RequestCommand = CommandSet & { readonly commandField: number };

/** An operation under way. */
interface Operation {
  readonly final: Promise<ReceivedMessage>;
  cancel(): void;
}

interface OperationOptions {
  readonly identifier: DataSet;
  readonly signal: AbortSignal | undefined;
  onPending(response: ReceivedMessage): Promise<void> | undefined;
}

function throwUnless({ status, errorComment, offendingElements }: CommandSet, expected: readonly number[]): void {
  const known = status ?? dimseStatus.processingFailure;
  if (!expected.includes(known)) throw new DimseError(known, errorComment ?? "", offendingElements);
}

function progressOf(command: CommandSet): RetrieveProgress {
  return {
    remaining: command.remainingSubOperations ?? 0,
    completed: command.completedSubOperations ?? 0,
    failed: command.failedSubOperations ?? 0,
    warning: command.warningSubOperations ?? 0,
  };
}
