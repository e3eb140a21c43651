import { implementationClassUid, implementationVersionName } from "../../write-part10.ts";
import type { AnsweredContext, AssociateAccept, AssociateRequest, ProposedContext, RoleSelection } from "../pdu/pdu.ts";
import type { AgreedContext, Agreement, Peer } from "./peer.ts";

/** What this side takes of one abstract syntax. */
export interface OfferedService {
  /** Whether a transfer syntax can be used; the first of the requestor's that can is chosen. */
  accepts(transferSyntaxUid: string): boolean;
  /** Whether the requestor may be SCU, as it is where it says nothing. */
  readonly allowsScu: boolean;
  /** Whether the requestor may be SCP. */
  readonly allowsScp: boolean;
  /** The answer to application information, none where it is not looked at. */
  answerExtended?(information: Uint8Array): Uint8Array | undefined;
}

/** How an acceptor settles a request. */
export interface NegotiationPolicy {
  readonly maxPduLength: number;
  /** Whether somebody looked at the requestor's user identity, so that a response may be asked for. */
  readonly checksIdentity: boolean;
  offer(abstractSyntax: string): OfferedService | undefined;
}

const abstractSyntaxNotSupported = 3;
const transferSyntaxesNotSupported = 4;
/** Stands in the answer to a context that is not accepted, where it means nothing (PS3.8 table 9-18). */
const insignificantTransferSyntax = "1.2.840.10008.1.2";

/** Who asks for an association. */
export function peerOf({ callingAeTitle, calledAeTitle, user }: AssociateRequest, remoteAddress: string): Peer {
  const { implementationClassUid: classUid, implementationVersionName: versionName, identity } = user;
  return {
    callingAeTitle,
    calledAeTitle,
    remoteAddress,
    implementationClassUid: classUid,
    ...(versionName === undefined ? {} : { implementationVersionName: versionName }),
    ...(identity === undefined ? {} : { identity }),
  };
}

/** The answer to a request that is not refused as a whole, and what it settles (PS3.7 annex D.3, PS3.8 section 7.1.1). */
export function negotiate(
  request: AssociateRequest,
  peer: Peer,
  policy: NegotiationPolicy,
): { readonly answer: AssociateAccept; readonly agreement: Agreement } {
  const roles = answeredRoles(request, policy);
  const contexts = new Map<number, AgreedContext>();
  const answered: AnsweredContext[] = [];
  for (const proposed of request.contexts) {
    const role = roles.get(proposed.abstractSyntax);
    const answer = answerContext(proposed, role, policy);
    answered.push(answer);
    if (answer.result !== 0) continue;
    contexts.set(proposed.id, {
      id: proposed.id,
      abstractSyntax: proposed.abstractSyntax,
      transferSyntax: answer.transferSyntax,
      isScu: role?.isScp ?? false,
      isScp: role?.isScu ?? true,
    });
  }
  const accepted = new Set([...contexts.values()].map(({ abstractSyntax }) => abstractSyntax));
  const extended = answeredExtended(request, policy).filter(({ sopClassUid }) => accepted.has(sopClassUid));
  const answer: AssociateAccept = {
    type: "associate-ac",
    protocolVersion: 1,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContext: request.applicationContext,
    contexts: answered,
    user: {
      maxPduLength: policy.maxPduLength,
      implementationClassUid,
      implementationVersionName,
      roles: [...roles.values()].filter(({ sopClassUid }) => accepted.has(sopClassUid)),
      extended,
      commonExtended: [],
      ...(isIdentityAnswered(request, policy) ? { identityResponse: new Uint8Array(0) } : {}),
    },
  };
  const agreement: Agreement = {
    peer,
    contexts,
    peerMaxPduLength: request.user.maxPduLength,
    extended: new Map(extended.map(({ sopClassUid, information }) => [sopClassUid, information])),
  };
  return { answer, agreement };
}

/** A positive response to a name or a name with passcode is empty; a ticket or token would be needed for the other types. */
function isIdentityAnswered({ user: { identity } }: AssociateRequest, { checksIdentity }: NegotiationPolicy): boolean {
  return checksIdentity && identity?.asksForResponse === true && identity.type <= 2;
}

/** The characters of a UID (PS3.5 section 9.1): anything else could not be answered in ASCII. */
const uidCharacters = /^[0-9.]+$/;

function answerContext(
  { id, abstractSyntax, transferSyntaxes }: ProposedContext,
  role: RoleSelection | undefined,
  policy: NegotiationPolicy,
): AnsweredContext {
  const service = uidCharacters.test(abstractSyntax) ? policy.offer(abstractSyntax) : undefined;
  const hasRole = role === undefined ? service?.allowsScu : role.isScu || role.isScp;
  if (service === undefined || hasRole !== true) {
    return { id, result: abstractSyntaxNotSupported, transferSyntax: insignificantTransferSyntax };
  }
  const transferSyntax = transferSyntaxes.find((uid) => uidCharacters.test(uid) && service.accepts(uid));
  if (transferSyntax === undefined) {
    return { id, result: transferSyntaxesNotSupported, transferSyntax: insignificantTransferSyntax };
  }
  return { id, result: 0, transferSyntax };
}

function answeredRoles(request: AssociateRequest, policy: NegotiationPolicy): ReadonlyMap<string, RoleSelection> {
  return new Map(
    request.user.roles.map(({ sopClassUid, isScu, isScp }) => {
      const { allowsScu, allowsScp } = policy.offer(sopClassUid) ?? { allowsScu: false, allowsScp: false };
      return [sopClassUid, { sopClassUid, isScu: isScu && allowsScu, isScp: isScp && allowsScp }];
    }),
  );
}

function answeredExtended(
  request: AssociateRequest,
  policy: NegotiationPolicy,
): readonly { sopClassUid: string; information: Uint8Array }[] {
  return request.user.extended.flatMap(({ sopClassUid, information }) => {
    const answer = policy.offer(sopClassUid)?.answerExtended?.(information);
    return answer === undefined ? [] : [{ sopClassUid, information: answer }];
  });
}
