import { EtalonError, InputError } from "@etalon/base";
import { implementationClassUid, implementationVersionName } from "../../write-part10.ts";
import { checkedAeTitle } from "../pdu/ae-title.ts";
import {
  type AssociateAccept,
  type AssociateReject,
  type AssociateRequest,
  dicomApplicationContext,
  type ExtendedNegotiation,
  type RoleSelection,
  type UserIdentity,
} from "../pdu/pdu.ts";
import type { AgreedContext, Agreement } from "./peer.ts";

/** What a requestor wants to do: one presentation context. */
export interface WantedContext {
  readonly abstractSyntax: string;
  /** In the order of preference; the peer chooses one. */
  readonly transferSyntaxes: readonly string[];
  /** SCU alone where nothing is said. For C-GET the requestor is SCP of the storage classes. */
  readonly role?: { readonly isScu: boolean; readonly isScp: boolean };
}

/** What a requestor says of itself and asks for. */
export interface Proposal {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly contexts: readonly WantedContext[];
  readonly maxPduLength: number;
  readonly identity?: UserIdentity;
  readonly extended?: readonly ExtendedNegotiation[];
}

/** Presentation context ids are odd bytes. */
export const mostContexts = 128;

/**
 * The A-ASSOCIATE-RQ of a proposal.
 *
 * @throws InputError `out-of-range` (no context, or over 128), `wrong-type` (an AE title)
 */
export function requestOf(proposal: Proposal): AssociateRequest {
  const { contexts } = proposal;
  if (contexts.length === 0 || contexts.length > mostContexts) {
    throw new InputError("out-of-range", "contexts", contexts.length, `1..${mostContexts}`);
  }
  const roles = new Map<string, RoleSelection>();
  for (const { abstractSyntax, role } of contexts) {
    if (role !== undefined) roles.set(abstractSyntax, { sopClassUid: abstractSyntax, ...role });
  }
  return {
    type: "associate-rq",
    protocolVersion: 1,
    calledAeTitle: checkedAeTitle(proposal.calledAeTitle, "calledAeTitle"),
    callingAeTitle: checkedAeTitle(proposal.callingAeTitle, "callingAeTitle"),
    applicationContext: dicomApplicationContext,
    contexts: contexts.map(({ abstractSyntax, transferSyntaxes }, i) => ({
      id: 2 * i + 1,
      abstractSyntax,
      transferSyntaxes,
    })),
    user: {
      maxPduLength: proposal.maxPduLength,
      implementationClassUid,
      implementationVersionName,
      roles: [...roles.values()],
      extended: proposal.extended ?? [],
      commonExtended: [],
      ...(proposal.identity === undefined ? {} : { identity: proposal.identity }),
    },
  };
}

/**
 * What the peer's acceptance settles. A context that it accepts in a transfer syntax that was not proposed is left out.
 */
export function agreementOf(request: AssociateRequest, answer: AssociateAccept, remoteAddress: string): Agreement {
  const answers = new Map(answer.contexts.map((each) => [each.id, each]));
  const roles = new Map(answer.user.roles.map((role) => [role.sopClassUid, role]));
  const proposedRoles = new Set(request.user.roles.map(({ sopClassUid }) => sopClassUid));
  const contexts = new Map<number, AgreedContext>();
  for (const { id, abstractSyntax, transferSyntaxes } of request.contexts) {
    const { result, transferSyntax } = answers.get(id) ?? { result: 1, transferSyntax: "" };
    if (result !== 0 || !transferSyntaxes.includes(transferSyntax)) continue;
    const role = proposedRoles.has(abstractSyntax) ? roles.get(abstractSyntax) : undefined;
    const { isScu, isScp } = role ?? { isScu: true, isScp: false };
    contexts.set(id, { id, abstractSyntax, transferSyntax, isScu, isScp });
  }
  const { implementationClassUid: classUid, implementationVersionName: versionName } = answer.user;
  return {
    peer: {
      callingAeTitle: request.callingAeTitle,
      calledAeTitle: request.calledAeTitle,
      remoteAddress,
      implementationClassUid: classUid,
      ...(versionName === undefined ? {} : { implementationVersionName: versionName }),
    },
    contexts,
    peerMaxPduLength: answer.user.maxPduLength,
    extended: new Map(answer.user.extended.map((each) => [each.sopClassUid, each.information])),
  };
}

/** Reasons of an A-ASSOCIATE-RJ by source and number (PS3.8 table 9-21). */
const rejectReasons: ReadonlyMap<string, string> = new Map([
  ["1.1", "no reason given"],
  ["1.2", "application context name not supported"],
  ["1.3", "calling AE title not recognized"],
  ["1.7", "called AE title not recognized"],
  ["2.1", "no reason given"],
  ["2.2", "protocol version not supported"],
  ["3.1", "temporary congestion"],
  ["3.2", "local limit exceeded"],
]);

/** The error of a refused association. */
export function associationRejected(peer: string, { result, source, reason }: AssociateReject): EtalonError {
  const said = rejectReasons.get(`${source}.${reason}`) ?? `source ${source}, reason ${reason}`;
  const kind = result === 2 ? "transient" : "permanent";
  return new EtalonError("association-rejected", {
    field: peer,
    received: kind,
    details: { reason: `${said} (${kind})` },
  });
}
