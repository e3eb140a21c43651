import type { DataSet } from "../../data-set.ts";
import type { CommandSet } from "../dimse/command-set.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus, isWarning } from "../dimse/dimse-status.ts";
import { encodeIdentifier } from "../dimse/identifier.ts";
import { answer, type FailureListener } from "./answer.ts";
import type { OutgoingInstance } from "./handlers.ts";

/** Gives one object to a peer; throws where that fails. */
export type SendInstance = (instance: OutgoingInstance) => Promise<{ readonly status: number }>;

const failedSopInstanceUidList = "00080058";

interface Counts {
  remaining: number;
  completed: number;
  failed: number;
  warning: number;
}

/**
 * The C-STORE sub-operations of a C-MOVE or C-GET one after the other, a pending response after each, and the final response
 * with its counts (PS3.7 sections 9.1.3.1 and 9.1.4.1, PS3.4 tables C.4-2 and C.4-3).
 */
export async function runSubOperations(
  request: ServedRequest,
  instances: readonly OutgoingInstance[],
  how: { readonly send: SendInstance; readonly onFailure: FailureListener },
): Promise<void> {
  const counts: Counts = { remaining: instances.length, completed: 0, failed: 0, warning: 0 };
  const failedUids: string[] = [];
  for (const instance of instances) {
    if (request.isCancelled()) break;
    const outcome = await tryToSend(request, instance, how);
    counts.remaining--;
    counts[outcome]++;
    if (outcome === "failed") failedUids.push(instance.sopInstanceUid);
    if (counts.remaining > 0) await answer(request, { status: dimseStatus.pending }, { command: commandOf(counts) });
  }
  const status = finalStatus(counts, instances.length);
  const { remainingSubOperations, ...withoutRemaining } = commandOf(counts);
  const identifier: DataSet = { [failedSopInstanceUidList]: { vr: "UI", Value: failedUids } };
  await answer(
    request,
    { status },
    {
      // Remaining sub-operations belong to Pending and Cancel only (PS3.7 table 9.1-4).
      command: status === dimseStatus.cancel ? { ...withoutRemaining, remainingSubOperations } : withoutRemaining,
      data: failedUids.length === 0 ? undefined : encodeIdentifier(identifier, request.context.transferSyntax),
    },
  );
}

async function tryToSend(
  request: ServedRequest,
  instance: OutgoingInstance,
  { send, onFailure }: { readonly send: SendInstance; readonly onFailure: FailureListener },
): Promise<"completed" | "warning" | "failed"> {
  try {
    const { status } = await send(instance);
    return isWarning(status) ? "warning" : "completed";
  } catch (thrown) {
    if (request.signal.aborted && !request.isCancelled()) throw thrown;
    onFailure(thrown);
    return "failed";
  }
}

function finalStatus(counts: Counts, total: number): number {
  if (counts.remaining > 0) return dimseStatus.cancel;
  if (counts.failed === 0 && counts.warning === 0) return dimseStatus.success;
  return counts.failed === total
    ? dimseStatus.unableToPerformSubOperations
    : dimseStatus.subOperationsCompleteWithFailures;
}

/** Counts are of 16 bits: more than 65535 are told as that. */
function commandOf({
  remaining,
  completed,
  failed,
  warning,
}: Counts): Required<
  Pick<CommandSet, "remainingSubOperations" | "completedSubOperations" | "failedSubOperations" | "warningSubOperations">
> {
  return {
    remainingSubOperations: Math.min(remaining, 0xffff),
    completedSubOperations: Math.min(completed, 0xffff),
    failedSubOperations: Math.min(failed, 0xffff),
    warningSubOperations: Math.min(warning, 0xffff),
  };
}
