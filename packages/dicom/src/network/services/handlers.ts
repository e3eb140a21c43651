import type { DataSet } from "../../data-set.ts";
import type { Destination } from "../association/destination.ts";
import type { Peer } from "../association/peer.ts";
import type { InformationModel } from "../sop-classes.ts";

/** What every request tells its handler. */
export interface DimseRequest {
  readonly peer: Peer;
  readonly sopClassUid: string;
  /** Aborted by C-CANCEL, and when the association ends. */
  readonly signal: AbortSignal;
}

/** C-STORE: one object, in the bytes that the peer sends (PS3.7 section 9.1.1). */
export interface StoreRequest extends DimseRequest {
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** The data set, without group 0002, verbatim; to be read once, and as fast as it can be kept. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Who asked for it by C-MOVE, where somebody did. */
  readonly moveOriginatorAeTitle?: string;
}

/** How an operation ended. */
export interface DimseAnswer {
  /** Of `dimseStatus`, PS3.7 annex C or the service's table in PS3.4. */
  readonly status: number;
  /** For people, at most 64 characters: no patient's name. */
  readonly errorComment?: string;
  /** Tags at fault, eight hexadecimal digits each. */
  readonly offendingElements?: readonly string[];
}

/** The level of a query or retrieve (PS3.4 section C.3). */
export type QueryRetrieveLevel = "patient" | "study" | "series" | "image";

/** C-FIND, C-MOVE and C-GET on an information model of PS3.4 annex C. */
export interface QueryRetrieveRequest extends DimseRequest {
  readonly model: InformationModel;
  readonly level: QueryRetrieveLevel;
  /** As the peer sent it, QueryRetrieveLevel in it. */
  readonly identifier: DataSet;
  /** What extended negotiation agreed on for this SOP class (PS3.4 section C.5). */
  readonly extended?: Uint8Array;
}

/** C-FIND on the modality worklist (PS3.4 annex K), which has no levels. */
export interface WorklistRequest extends DimseRequest {
  readonly identifier: DataSet;
  readonly extended?: Uint8Array;
}

/** One match of a query. */
export interface FindMatch {
  readonly identifier: DataSet;
  /** Whether an optional key was asked for and not matched on: the peer is told (status FF01). */
  readonly ignoresOptionalKeys?: boolean;
}

/** One form of an object: its data set, without group 0002, in a transfer syntax. */
export interface OutgoingForm {
  readonly transferSyntaxUid: string;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** One object to give to a peer: the stored bytes as they are, where the peer takes their transfer syntax. */
export interface OutgoingInstance extends OutgoingForm {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** What it can be converted to, in the order of preference, for a peer that does not; made when it is opened. */
  readonly alternatives?: readonly OutgoingForm[];
}

/** What a C-MOVE is to do. */
export interface MovePlan {
  readonly destination: Destination;
  readonly instances: readonly OutgoingInstance[];
}

/** C-MOVE (PS3.4 section C.4.2). */
export interface MoveRequest extends QueryRetrieveRequest {
  /** AE title of whom to send to. */
  readonly moveDestination: string;
}

/** What a request of both services names and says. */
interface NServiceRequest extends DimseRequest {
  readonly sopInstanceUid: string;
  /** Action or Event Information; empty where the peer sent none. */
  readonly information: DataSet;
}

/** N-EVENT-REPORT: something happened to an instance (PS3.7 section 10.1.1). */
export interface EventReportRequest extends NServiceRequest {
  readonly eventTypeId: number;
}

/** N-ACTION: something is to be done with an instance (PS3.7 section 10.1.4). */
export interface ActionRequest extends NServiceRequest {
  readonly actionTypeId: number;
  /**
   * Tells the peer of what came of it, on this very association, once the action is answered: from the handler without
   * waiting for it, or long after. Rejects as `RequestorAssociation.eventReport`, with `association-ended` where the peer has
   * gone.
   */
  report(event: EventReportOptions): Promise<NServiceReply>;
}

/** How an action or a report ended: status and what else is told. */
export interface NServiceAnswer extends DimseAnswer {
  /** Action or Event Reply. */
  readonly information?: DataSet;
}

/** What a peer answered: success, or a warning. */
export interface NServiceReply {
  readonly status: number;
  /** Action or Event Reply; empty where the peer sent none. */
  readonly information: DataSet;
}

/** Whom an action or a report is of. */
interface NServiceSubject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly information?: DataSet;
}

/** An N-ACTION to send. */
export interface ActionOptions extends NServiceSubject {
  readonly actionTypeId: number;
}

/** An N-EVENT-REPORT to send. */
export interface EventReportOptions extends NServiceSubject {
  readonly eventTypeId: number;
}

/** Answers N-ACTION. */
export type ActionHandler = (request: ActionRequest) => Promise<NServiceAnswer>;

/** Answers N-EVENT-REPORT. */
export type EventReportHandler = (request: EventReportRequest) => Promise<NServiceAnswer>;

/**
 * What answers the peers. A service without handler is not offered. A handler may throw a `DimseError`, whose status and
 * comment go to the peer; anything else it throws is told as a failure without words, and to `onEvent`.
 */
export interface DimseHandlers {
  /** C-ECHO needs none: it is answered with success where this is absent. */
  echo?(request: DimseRequest): Promise<DimseAnswer>;
  store?(request: StoreRequest): Promise<DimseAnswer>;
  /** The matches, in any order, as they are found. Ends early where the signal says so. */
  find?(request: QueryRetrieveRequest): AsyncIterable<FindMatch>;
  worklist?(request: WorklistRequest): AsyncIterable<FindMatch>;
  /** @throws DimseError A801H where the destination is not known */
  move?(request: MoveRequest): Promise<MovePlan>;
  get?(request: QueryRetrieveRequest): Promise<readonly OutgoingInstance[]>;
  /** N-ACTION of storage commitment (PS3.4 section J.3.2): this side keeps what peers store. */
  action?(request: ActionRequest): Promise<NServiceAnswer>;
  /** N-EVENT-REPORT of storage commitment (PS3.4 section J.3.3): this side asked a peer to keep something. */
  eventReport?(request: EventReportRequest): Promise<NServiceAnswer>;
}
