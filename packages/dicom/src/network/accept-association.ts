import type { Socket } from "node:net";
import type { AssociationEnd } from "./association/association-end.ts";
import { negotiate, peerOf } from "./association/negotiate.ts";
import { type OfferOptions, offeredService } from "./association/offered-services.ts";
import type { Peer } from "./association/peer.ts";
import type { UpperLayerLimits } from "./association/upper-layer.ts";
import { DimseSession } from "./dimse/dimse-session.ts";
import { isAeTitle } from "./pdu/ae-title.ts";
import { type AssociateReject, type AssociateRequest, dicomApplicationContext } from "./pdu/pdu.ts";
import { serveRequest } from "./services/serve-request.ts";

/** An application entity that may call. */
export interface KnownCaller {
  readonly aeTitle: string;
  /** The one IP address it calls from; any where absent. */
  readonly address?: string;
}

/** What the acceptor tells about, for logs: AE titles and addresses, never a patient's name. */
export type DimseEvent =
  | { readonly kind: "accepted"; readonly peer: Peer }
  | { readonly kind: "refused"; readonly peer: Peer; readonly reason: string }
  /** `peer` is absent where the connection ended before it said who it is. */
  | { readonly kind: "ended"; readonly peer?: Peer; readonly end: AssociationEnd }
  /** A handler threw, or a sub-operation failed; without `peer`, a connection could not be taken. */
  | { readonly kind: "failed"; readonly peer?: Peer; readonly error: unknown };

/** How an acceptor treats who calls. */
export interface AcceptorOptions extends UpperLayerLimits, Omit<OfferOptions, "acceptsPrivateStorage"> {
  /** Titles that this side answers to; any where absent. */
  readonly calledAeTitles?: readonly string[];
  /** Who may call; anybody where absent. */
  readonly callers?: readonly KnownCaller[];
  /** Whether SOP classes outside the standard's root are taken for storage; they are unless this is false. */
  readonly acceptsPrivateStorage?: boolean;
  /** A further check of who calls: of its user identity (PS3.7 annex D.3.3.7), of its address. False refuses. */
  authorize?(peer: Peer): Promise<boolean>;
  /** Whether there are too many associations. */
  isFull(): boolean;
  onEvent?(event: DimseEvent): void;
}

/** A refusal as a whole, by source and reason of PS3.8 table 9-21. */
interface Refusal {
  readonly answer: AssociateReject;
  readonly text: string;
}

function refusal(text: string, numbers: Omit<AssociateReject, "type">): Refusal {
  return { answer: { type: "associate-rj", ...numbers }, text };
}

const wrongContext = refusal("application context not supported", { result: 1, source: 1, reason: 2 });
const unknownCaller = refusal("calling AE title not recognized", { result: 1, source: 1, reason: 3 });
const unknownCalled = refusal("called AE title not recognized", { result: 1, source: 1, reason: 7 });
const notAuthorized = refusal("not authorized", { result: 1, source: 1, reason: 1 });
const tooMany = refusal("local limit exceeded", { result: 2, source: 3, reason: 2 });

/** Begins the acceptor's side of a connection. */
export function acceptAssociation(socket: Socket, options: AcceptorOptions): DimseSession {
  const { remoteAddress = "" } = socket;
  const report = (event: DimseEvent): void => options.onEvent?.(event);
  let peer: Peer | undefined;
  return new DimseSession(
    socket,
    {
      onRequest: (request, session) => {
        const caller = peerOf(request, remoteAddress);
        peer = caller;
        settle(request, caller, { session, options }).catch((thrown: unknown) => {
          report({ kind: "failed", peer: caller, error: thrown });
          session.layer.abort("the request could not be settled");
        });
      },
      onAnswer: () => {},
      serve: (request) => {
        const { peer: known } = request.session.agreement;
        return serveRequest(request, options.handlers, (error) => report({ kind: "failed", peer: known, error }));
      },
      onEnd: (end) => report({ kind: "ended", end, ...(peer === undefined ? {} : { peer }) }),
    },
    options,
  );
}

async function settle(
  request: AssociateRequest,
  peer: Peer,
  { session, options }: { readonly session: DimseSession; readonly options: AcceptorOptions },
): Promise<void> {
  const refused = (await refusalOf(request, peer, options)) ?? (options.isFull() ? tooMany : undefined);
  if (!session.isOpen) return;
  if (refused !== undefined) {
    options.onEvent?.({ kind: "refused", peer, reason: refused.text });
    session.layer.reject(refused.answer);
    return;
  }
  const offers = { ...options, acceptsPrivateStorage: options.acceptsPrivateStorage ?? true };
  const { answer, agreement } = negotiate(request, peer, {
    maxPduLength: options.maxPduLength,
    checksIdentity: options.authorize !== undefined,
    offer: (abstractSyntax) => offeredService(abstractSyntax, offers),
  });
  session.agree(agreement);
  session.layer.accept(answer);
  options.onEvent?.({ kind: "accepted", peer });
}

async function refusalOf(
  request: AssociateRequest,
  peer: Peer,
  options: AcceptorOptions,
): Promise<Refusal | undefined> {
  const { calledAeTitles, callers } = options;
  if (request.applicationContext !== dicomApplicationContext) return wrongContext;
  if (!isAeTitle(peer.calledAeTitle)) return unknownCalled;
  if (!isAeTitle(peer.callingAeTitle)) return unknownCaller;
  if (calledAeTitles !== undefined && !calledAeTitles.includes(peer.calledAeTitle)) return unknownCalled;
  if (callers !== undefined && !callers.some((caller) => isCaller(caller, peer))) return unknownCaller;
  if (options.authorize !== undefined && !(await options.authorize(peer))) return notAuthorized;
  return undefined;
}

function isCaller({ aeTitle, address }: KnownCaller, peer: Peer): boolean {
  if (aeTitle !== peer.callingAeTitle) return false;
  // A socket that listens on both families shows IPv4 addresses in their IPv6 form.
  return address === undefined || address === peer.remoteAddress.replace(/^::ffff:/, "");
}
