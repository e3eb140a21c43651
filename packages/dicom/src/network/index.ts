export type { AcceptorOptions, DimseEvent, KnownCaller } from "./accept-association.ts";
export type { AssociationEnd } from "./association/association-end.ts";
export type { Destination } from "./association/destination.ts";
export type { AgreedContext, Agreement, Peer } from "./association/peer.ts";
export type { WantedContext } from "./association/propose.ts";
export { DimseError } from "./dimse/dimse-error.ts";
export { dimseStatus } from "./dimse/dimse-status.ts";
export { type AssociationOptions, openAssociation } from "./open-association.ts";
export type {
  FindOptions,
  RequestorAssociation,
  RetrieveOptions,
  RetrieveProgress,
  RetrieveResult,
} from "./requestor-association.ts";
export type {
  ActionHandler,
  ActionOptions,
  ActionRequest,
  DimseAnswer,
  DimseHandlers,
  DimseRequest,
  EventReportHandler,
  EventReportOptions,
  EventReportRequest,
  FindMatch,
  MovePlan,
  MoveRequest,
  NServiceAnswer,
  NServiceReply,
  OutgoingForm,
  OutgoingInstance,
  QueryRetrieveLevel,
  QueryRetrieveRequest,
  StoreRequest,
  WorklistRequest,
} from "./services/handlers.ts";
export {
  findSopClasses,
  getSopClasses,
  type InformationModel,
  isStorageSopClass,
  moveSopClasses,
  storageCommitmentInstance,
  storageCommitmentSopClass,
  storageSopClasses,
  verificationSopClass,
  worklistSopClass,
} from "./sop-classes.ts";
export { type DimseServer, type DimseServerOptions, startDimseServer } from "./start-dimse-server.ts";
