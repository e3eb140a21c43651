import { RefusalError } from "@etalon/base";
import type { Ledger, Stack } from "@etalon/volume";
import type { SeriesRole } from "./protocol.ts";

/** The series that plays a role, and who chose it. */
export interface SelectedSeries {
  readonly stack: Stack;
  readonly chosenBy: "rule" | "user";
}

/** The role to be played. */
export interface WantedSeries {
  readonly id: string;
  readonly role: SeriesRole;
  readonly narrow?: (stack: Stack) => Stack;
}

/**
 * The one stack that plays a role: the user's choice, or the single best of those that fit.
 *
 * @param wanted `narrow` makes of the stack the part of it that is the input
 * @param chosenStackId stack id or series UID named by the user
 * @throws {RefusalError} `no-images`, `no-series-for-role` with a reason per stack, `ambiguous-version`, `single-slice`,
 * `overlapping-frames`, `ambiguous-series`, `unknown-choice`
 */
export function selectSeries(
  ledger: Ledger,
  { id, role, narrow }: WantedSeries,
  chosenStackId: string | undefined,
): SelectedSeries {
  const selected =
    chosenStackId === undefined ? selectByRule(ledger, id, role) : selectByUser(ledger, { id, role }, chosenStackId);
  const stack = narrow === undefined ? selected.stack : narrow(selected.stack);
  requireScorable(stack, role);
  return { ...selected, stack };
}

function selectByUser(
  ledger: Ledger,
  { id, role }: { readonly id: string; readonly role: SeriesRole },
  chosenStackId: string,
): SelectedSeries {
  const named = ledger.stacks.filter(
    (stack) => stack.id === chosenStackId || stack.seriesInstanceUid === chosenStackId,
  );
  const [stack] = named;
  if (stack === undefined) throw new RefusalError("unknown-choice", { field: id, received: chosenStackId });
  if (named.length > 1) throw ambiguous(id, named);
  const answer = role.match(stack);
  if (!answer.fits && answer.mayBeChosen !== true) {
    throw new RefusalError("no-series-for-role", { field: id, details: { reasons: `${stack.id}: ${answer.reason}` } });
  }
  return { stack, chosenBy: "user" };
}

function selectByRule(ledger: Ledger, id: string, role: SeriesRole): SelectedSeries {
  if (ledger.stacks.length === 0) throw new RefusalError("no-images", { field: id, details: { reasons: "0" } });
  const fitting: { stack: Stack; rank: number }[] = [];
  const reasons: string[] = [];
  for (const stack of ledger.stacks) {
    const answer = role.match(stack);
    if (answer.fits) fitting.push({ stack, rank: answer.rank });
    else reasons.push(`${stack.id}: ${answer.reason}`);
  }
  if (fitting.length === 0) {
    throw new RefusalError("no-series-for-role", { field: id, details: { reasons: reasons.join("; ") } });
  }
  const whole = fitting.filter(({ stack }) => stack.slicePositionsMm.length >= role.minimumSlices);
  const pool = whole.length > 0 ? whole : fitting;
  const best = Math.max(...pool.map(({ rank }) => rank));
  const top = pool.filter(({ rank }) => rank === best).map(({ stack }) => stack);
  const [stack] = top;
  // Among single slices none is better than another: all are refused alike.
  if (stack !== undefined && (top.length === 1 || whole.length === 0)) return { stack, chosenBy: "rule" };
  throw ambiguous(id, top);
}

/**
 * Refuses a stack some of whose images have several versions and no choice.
 *
 * @throws {RefusalError} `ambiguous-version`
 */
export function requireDecided(stack: Stack): void {
  const [undecided] = stack.undecided;
  if (undecided !== undefined) {
    throw new RefusalError("ambiguous-version", {
      field: undecided.sopInstanceUid,
      received: undecided.dataSetSha256.join(", "),
    });
  }
}

function requireScorable(stack: Stack, role: SeriesRole): void {
  requireDecided(stack);
  if (stack.slicePositionsMm.length < role.minimumSlices) throw new RefusalError("single-slice", { field: stack.id });
  if (stack.hasUnresolvedDuplicates || stack.frames.length !== stack.slicePositionsMm.length) {
    throw new RefusalError("overlapping-frames", {
      field: stack.id,
      received: `${stack.frames.length} / ${stack.slicePositionsMm.length}`,
    });
  }
}

function ambiguous(id: string, stacks: readonly Stack[]): RefusalError {
  return new RefusalError("ambiguous-series", { field: id, received: stacks.map((stack) => stack.id).join(", ") });
}
