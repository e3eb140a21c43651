import { EtalonError } from "@etalon/base";
import { mostContexts, type WantedContext } from "../association/propose.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { openAssociation } from "../open-association.ts";
import type { RequestorAssociation } from "../requestor-association.ts";
import { answer, answerOf, type FailureListener } from "./answer.ts";
import type { MovePlan, OutgoingInstance } from "./handlers.ts";
import { runSubOperations, type SendInstance } from "./sub-operations.ts";

/** C-MOVE as SCP (PS3.7 section 9.3.4, PS3.4 section C.4.2): objects go to the destination, on an association of their own. */
export async function serveMove(
  request: ServedRequest,
  move: () => Promise<MovePlan>,
  onFailure: FailureListener,
): Promise<void> {
  let plan: MovePlan;
  try {
    plan = await move();
  } catch (thrown) {
    return answer(request, answerOf(thrown, dimseStatus.unableToProcess, { request, onFailure }));
  }
  const destination = destinationSender(request, plan);
  try {
    await runSubOperations(request, plan.instances, { send: destination.send, onFailure });
  } finally {
    await destination.release();
  }
}

interface DestinationSender {
  readonly send: SendInstance;
  release(): Promise<void>;
}

/** Associations in a row that a destination breaks before it is given up: each may cost the idle timeout. */
const mostBrokenAssociations = 3;

/** Opens the association with the first object, and again where an object broke it; an unreachable peer is asked once. */
function destinationSender(request: ServedRequest, { destination, instances }: MovePlan): DestinationSender {
  const originator = {
    aeTitle: request.session.agreement.peer.callingAeTitle,
    messageId: request.messageId,
  };
  const batches = batchesOf(instances);
  let open: { readonly association: RequestorAssociation; readonly batch: ContextBatch } | undefined;
  let unreachable: unknown;
  let broken = 0;

  const associationFor = async (instance: OutgoingInstance): Promise<RequestorAssociation> => {
    const batch = batches.get(contextKey(instance));
    if (open?.batch === batch && open?.association.isOpen === true) return open.association;
    await open?.association.release();
    open = undefined;
    if (unreachable !== undefined) throw unreachable;
    if (batch === undefined) throw new DimseError(dimseStatus.processingFailure, "an object that was not announced");
    try {
      open = { association: await openAssociation({ ...destination, contexts: [...batch.values()] }), batch };
    } catch (thrown) {
      unreachable = thrown;
      throw thrown;
    }
    return open.association;
  };
  const send: SendInstance = async (instance) => {
    const association = await associationFor(instance);
    try {
      const outcome = await association.store(instance, originator);
      broken = 0;
      return outcome;
    } catch (thrown) {
      broken = thrown instanceof EtalonError && thrown.code === "association-ended" ? broken + 1 : 0;
      if (broken >= mostBrokenAssociations) unreachable = thrown;
      throw thrown;
    }
  };
  return {
    send,
    release: async () => open?.association.release(),
  };
}

/** The contexts of one association, by SOP class and transfer syntax. */
type ContextBatch = ReadonlyMap<string, WantedContext>;

/** What tells instances apart that need other contexts. */
function contextKey(instance: OutgoingInstance): string {
  return [...contextsOf(instance).keys()].join();
}

/** One context for each form of an object, so that it can go as it is stored. */
function contextsOf({ sopClassUid, transferSyntaxUid, alternatives = [] }: OutgoingInstance): ContextBatch {
  const syntaxes = [transferSyntaxUid, ...alternatives.map((form) => form.transferSyntaxUid)];
  return new Map(
    syntaxes.map((uid) => [`${sopClassUid} ${uid}`, { abstractSyntax: sopClassUid, transferSyntaxes: [uid] }]),
  );
}

/** The association's contexts for each kind of instance: as many kinds in one as fit. */
function batchesOf(instances: readonly OutgoingInstance[]): ReadonlyMap<string, ContextBatch> {
  const batches = new Map<string, ContextBatch>();
  let current = new Map<string, WantedContext>();
  for (const instance of instances) {
    const kind = contextKey(instance);
    if (batches.has(kind)) continue;
    const more = contextsOf(instance);
    if (current.size + more.size > mostContexts) current = new Map();
    for (const [key, context] of more) current.set(key, context);
    batches.set(kind, current);
  }
  return batches;
}
