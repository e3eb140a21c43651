import { InputError, RefusalError } from "@etalon/base";
import { type Ledger, type Stack, type StackFrame, stackOfFrames } from "@etalon/volume";
import type { Marks } from "./marks.ts";
import type { AnyProtocol } from "./protocol.ts";
import { type ContourShape, isFrameOf } from "./resolve-contours.ts";
import { roleOfRegion } from "./resolve-drawn.ts";
import type { Recipe } from "./result.ts";

/** What says which phase of which stack an input is. */
export interface PhaseRequest {
  readonly protocol: AnyProtocol;
  readonly ledger: Ledger;
  readonly marks: Marks | null;
  /** Choice of the user: a stack id or series UID, or one of them and "@" and the number of the phase, from 1. */
  readonly choice: string | undefined;
  /** The images that a result was made of, when it is replayed. */
  readonly recorded: Recipe["inputs"] | undefined;
}

/** The stack chosen for an input of one phase, and how the phase is taken out of a stack. */
export interface PhaseOfRole {
  readonly stackChoice: string | undefined;
  readonly narrow: (stack: Stack) => Stack;
}

/**
 * How an input of one phase is found: by the frames of the result that is replayed, by the user's number, by the images that
 * contours of this role are drawn on, or because the stack has no axes.
 *
 * @throws {RefusalError} from `narrow`: `phase-not-chosen`, `out-of-range`
 */
export function phaseOfRole(role: string, request: PhaseRequest): PhaseOfRole {
  const { recorded, ledger } = request;
  if (recorded !== undefined) {
    const own = recorded.filter((input) => input.role === role);
    const isRecorded = ({ instance, header }: StackFrame): boolean =>
      own.some(
        ({ dataSetSha256, frames }) =>
          dataSetSha256 === instance.dataSetSha256 && (frames === undefined || frames.includes(header.frameIndex + 1)),
      );
    const holding = ledger.stacks.find(({ frames }) => frames.some(isRecorded));
    return { stackChoice: holding?.id, narrow: (stack) => stackOfFrames(stack, isRecorded) };
  }
  const { stackChoice, phase } = readChoice(request.choice);
  const contours = contoursOf(role, request);
  const isDrawnOn = (frame: StackFrame): boolean => contours.some((contour) => isFrameOf(contour, frame));
  const drawnOn = ledger.stacks.find(({ frames }) => frames.some(isDrawnOn));
  return {
    stackChoice: stackChoice ?? drawnOn?.id,
    narrow: (stack) => {
      if (phase !== undefined) return atPhase(stack, phase, role);
      if (stack.axes.length === 0) return stack;
      const drawn = stack.frames.find(isDrawnOn);
      if (drawn !== undefined) return stackOfFrames(stack, (frame) => isSamePhase(stack, frame, drawn));
      const phases = stack.axes.reduce((product, { coordinates }) => product * coordinates.length, 1);
      throw new RefusalError("phase-not-chosen", { field: role, received: phases });
    },
  };
}

function readChoice(choice: string | undefined): { readonly stackChoice?: string; readonly phase?: number } {
  if (choice === undefined) return {};
  const numbered = /^(.*)@(\d+)$/.exec(choice);
  return numbered === null ? { stackChoice: choice } : { stackChoice: numbered[1], phase: Number(numbered[2]) };
}

function contoursOf(role: string, { marks, protocol }: PhaseRequest): readonly ContourShape[] {
  return (marks?.regions ?? []).flatMap((region) =>
    region.shape.kind === "contour" && roleOfRegion(region, protocol) === role ? [region.shape] : [],
  );
}

function atPhase(stack: Stack, phase: number, role: string): Stack {
  const [axis, ...others] = stack.axes;
  const coordinates = axis?.coordinates ?? [];
  if (others.length > 0 || axis === undefined || phase < 1 || phase > coordinates.length) {
    throw new InputError("out-of-range", role, phase, `1..${Math.max(1, coordinates.length)}`);
  }
  return stackOfFrames(stack, ({ header }) => header.axes[axis.name] === coordinates[phase - 1]);
}

function isSamePhase({ axes }: Stack, a: StackFrame, b: StackFrame): boolean {
  return axes.every(({ name }) => a.header.axes[name] === b.header.axes[name]);
}
