import { identifierTransferSyntaxes } from "../dimse/identifier.ts";
import type { DimseHandlers } from "../services/handlers.ts";
import {
  findSopClasses,
  getSopClasses,
  isStorageSopClass,
  modelOf,
  moveSopClasses,
  storageCommitmentSopClass,
  verificationSopClass,
  worklistSopClass,
} from "../sop-classes.ts";
import { isKeepableTransferSyntax } from "../transfer-syntaxes.ts";
import type { OfferedService } from "./negotiate.ts";

/** What an acceptor offers besides what its handlers say. */
export interface OfferOptions {
  readonly handlers: DimseHandlers;
  /** Whether SOP classes that are not of the standard are taken for storage: the private ones of a manufacturer. */
  readonly acceptsPrivateStorage: boolean;
  /** The answer to application information of a SOP class (PS3.7 annex D.3.3.5), none where it is not looked at. */
  answerExtended?(sopClassUid: string, information: Uint8Array): Uint8Array | undefined;
}

const dicomRoot = "1.2.840.10008.";

/** The service that answers an abstract syntax, `undefined` where none does. */
export function offeredService(abstractSyntax: string, options: OfferOptions): OfferedService | undefined {
  const service = serviceOf(abstractSyntax, options);
  const { answerExtended } = options;
  if (service === undefined || answerExtended === undefined) return service;
  return { ...service, answerExtended: (information) => answerExtended(abstractSyntax, information) };
}

function serviceOf(uid: string, { handlers, acceptsPrivateStorage }: OfferOptions): OfferedService | undefined {
  if (uid === verificationSopClass) return { accepts: () => true, allowsScu: true, allowsScp: false };
  const isStorage = isStorageSopClass(uid) || (acceptsPrivateStorage && !uid.startsWith(dicomRoot));
  if (isStorage) {
    const allowsScu = handlers.store !== undefined;
    const allowsScp = handlers.get !== undefined;
    return allowsScu || allowsScp ? { accepts: isKeepableTransferSyntax, allowsScu, allowsScp } : undefined;
  }
  if (uid === storageCommitmentSopClass) {
    const allowsScu = handlers.action !== undefined;
    const allowsScp = handlers.eventReport !== undefined;
    return allowsScu || allowsScp ? { accepts: isIdentifierSyntax, allowsScu, allowsScp } : undefined;
  }
  const isOffered =
    (handlers.find !== undefined && modelOf(findSopClasses, uid) !== undefined) ||
    (handlers.move !== undefined && modelOf(moveSopClasses, uid) !== undefined) ||
    (handlers.get !== undefined && modelOf(getSopClasses, uid) !== undefined) ||
    (handlers.worklist !== undefined && uid === worklistSopClass);
  if (!isOffered) return undefined;
  return { accepts: isIdentifierSyntax, allowsScu: true, allowsScp: false };
}

function isIdentifierSyntax(uid: string): boolean {
  return identifierTransferSyntaxes.includes(uid);
}
