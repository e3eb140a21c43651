import { type AnyProtocol, holdsWeightings, isWeighted, type Overrides, type SeriesRole } from "@etalon/measure";
import type { PictureStack } from "../reading/picture-stacks.ts";

/** A stack that can play a role. */
export interface RoleCandidate {
  readonly stack: PictureStack;
  readonly rank: number;
  /** Whether only the reader may choose it. */
  readonly isByHandOnly: boolean;
}

/** An input that is a series, and what can be it. */
export interface RoleMatching {
  readonly id: string;
  readonly role: SeriesRole;
  readonly candidates: readonly RoleCandidate[];
  /** What plays it; absent where nothing fits, or several fit alike and the reader has chosen none. */
  readonly chosen: PictureStack | undefined;
  /** Series whose images are given to the runner: of one that is several images weighted differently, all that may be them. */
  readonly series: readonly string[];
  /** Number of the phase that the reader chose, from 1. */
  readonly phase: number | undefined;
}

/** Which stacks can play the roles of a protocol, and which do. */
export function matchRoles(
  protocol: AnyProtocol,
  stacks: readonly PictureStack[],
  choices: Readonly<Record<string, string>>,
): readonly RoleMatching[] {
  return Object.entries(protocol.roles).flatMap(([id, role]) =>
    role.kind === "series" ? [matchRole({ id, role }, stacks, choices[id])] : [],
  );
}

/** Whether every input that a protocol needs fits some stack of the study, and one at least does. */
export function fitsStudy(protocol: AnyProtocol, stacks: readonly PictureStack[]): boolean {
  const matchings = matchRoles(protocol, stacks, {});
  const isPlayed = ({ candidates }: RoleMatching): boolean => candidates.some(({ isByHandOnly }) => !isByHandOnly);
  return matchings.some(isPlayed) && matchings.every((one) => one.role.isOptional === true || isPlayed(one));
}

function matchRole(
  { id, role }: { readonly id: string; readonly role: SeriesRole },
  stacks: readonly PictureStack[],
  choice: string | undefined,
): RoleMatching {
  const candidates = stacks
    .flatMap((picked): RoleCandidate[] => {
      const { stack } = picked;
      if (stack === undefined) return [];
      const answer = role.match(stack);
      if (answer.fits) return [{ stack: picked, rank: answer.rank, isByHandOnly: false }];
      return answer.mayBeChosen === true ? [{ stack: picked, rank: -1, isByHandOnly: true }] : [];
    })
    .sort((a, b) => b.rank - a.rank);
  const [, chosenUid, phase] = /^(.*?)(?:@(\d+))?$/.exec(choice ?? "") ?? [];
  const byHand = candidates.find(({ stack }) => stack.seriesInstanceUid === chosenUid)?.stack;
  const chosen = byHand ?? (role.isOptional === true ? undefined : bestOf(candidates, role));
  const series = seriesOf(role, candidates, chosen);
  return { id, role, candidates, chosen, series, phase: phase === undefined ? undefined : Number(phase) };
}

/** The series that play a role, each once. The runner finds by itself which of them are weighted images of one place. */
function seriesOf(
  role: SeriesRole,
  candidates: readonly RoleCandidate[],
  chosen: PictureStack | undefined,
): readonly string[] {
  const own = chosen === undefined ? [] : [chosen.seriesInstanceUid];
  if (!isWeighted(role) || role.isOptional === true) return own;
  if (chosen?.stack !== undefined && holdsWeightings(chosen.stack, role)) return own;
  const others = candidates.filter(({ isByHandOnly }) => !isByHandOnly).map(({ stack }) => stack.seriesInstanceUid);
  return [...new Set([...own, ...others])];
}

/** As the runner chooses: the best of those that have slices enough, if there is one best. */
function bestOf(candidates: readonly RoleCandidate[], { minimumSlices }: SeriesRole): PictureStack | undefined {
  const fitting = candidates.filter(({ isByHandOnly }) => !isByHandOnly);
  const whole = fitting.filter(({ stack }) => (stack.stack?.slicePositionsMm.length ?? 0) >= minimumSlices);
  const [first, second] = whole.length > 0 ? whole : fitting;
  return first !== undefined && first.rank !== second?.rank ? first.stack : undefined;
}

/** What a choice is written as: "1.2.3", or "1.2.3@4" for its fourth phase. */
export function roleChoice(seriesInstanceUid: string, phase: number | undefined): string {
  return phase === undefined ? seriesInstanceUid : `${seriesInstanceUid}@${phase}`;
}

/** Parameters after one was set; without a value it has its default again. */
export function withParameter(
  parameters: Overrides,
  id: string,
  value: { readonly value: number | string | undefined; readonly source?: string },
): Overrides {
  const { [id]: _value, [`${id}-source`]: before, ...others } = parameters;
  if (value.value === undefined) return others;
  const source = value.source ?? before;
  return {
    ...others,
    [id]: value.value,
    ...(source === undefined || source === "" ? {} : { [`${id}-source`]: source }),
  };
}
