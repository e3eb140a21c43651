import type { DataSet } from "../../data-set.ts";
import type { DimseAnswer, DimseRequest } from "./handlers.ts";

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
