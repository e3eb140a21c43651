import type { Mark } from "./mark.ts";
import type { ReadingDraft } from "./reading-draft.ts";

/** One change of the marks, with all that taking it back needs. */
export type MarkCommand =
  | { readonly kind: "add"; readonly mark: Mark }
  | { readonly kind: "remove"; readonly mark: Mark }
  | { readonly kind: "change"; readonly before: Mark; readonly after: Mark }
  | {
      readonly kind: "reading";
      readonly protocolId: string;
      /** Absent where nothing was done by this protocol before. */
      readonly before: ReadingDraft | undefined;
      readonly after: ReadingDraft | undefined;
      /** Changes of one field that follow each other, letter by letter, are one change. */
      readonly field?: string;
    };

/**
 * What was drawn, and how it came to be: the one truth of the marks of a study. What a view draws is made from it, so that a
 * change of layout loses nothing.
 */
export interface MarksLog {
  readonly marks: readonly Mark[];
  /** What was done by each protocol. */
  readonly readings: Readonly<Record<string, ReadingDraft | undefined>>;
  readonly done: readonly MarkCommand[];
  readonly undone: readonly MarkCommand[];
}

/** Nothing drawn yet. */
export const emptyLog: MarksLog = { marks: [], readings: {}, done: [], undone: [] };

/** The log after a change; what had been undone can no longer be done again. */
export function apply(log: MarksLog, command: MarkCommand): MarksLog {
  return { ...changed(log, command), done: withCommand(log.done, command), undone: [] };
}

/** Takes the last change back; the same log where there is none. */
export function undo(log: MarksLog): MarksLog {
  const command = log.done.at(-1);
  if (command === undefined) return log;
  return { ...changed(log, inverse(command)), done: log.done.slice(0, -1), undone: [...log.undone, command] };
}

/** Does again what was taken back last; the same log where there is nothing. */
export function redo(log: MarksLog): MarksLog {
  const command = log.undone.at(-1);
  if (command === undefined) return log;
  return { ...changed(log, command), done: [...log.done, command], undone: log.undone.slice(0, -1) };
}

function withCommand(done: readonly MarkCommand[], command: MarkCommand): readonly MarkCommand[] {
  const last = done.at(-1);
  const isSameField =
    command.kind === "reading" &&
    last?.kind === "reading" &&
    command.field !== undefined &&
    command.field === last.field &&
    command.protocolId === last.protocolId;
  return isSameField ? [...done.slice(0, -1), { ...command, before: last.before }] : [...done, command];
}

function changed(log: MarksLog, command: MarkCommand): MarksLog {
  const { marks, readings } = log;
  switch (command.kind) {
    case "add":
      return { ...log, marks: [...marks, command.mark] };
    case "remove":
      return { ...log, marks: marks.filter(({ id }) => id !== command.mark.id) };
    case "change":
      return { ...log, marks: marks.map((mark) => (mark.id === command.after.id ? command.after : mark)) };
    case "reading":
      return { ...log, readings: { ...readings, [command.protocolId]: command.after } };
  }
}

function inverse(command: MarkCommand): MarkCommand {
  switch (command.kind) {
    case "add":
      return { kind: "remove", mark: command.mark };
    case "remove":
      return { kind: "add", mark: command.mark };
    case "change":
      return { kind: "change", before: command.after, after: command.before };
    case "reading":
      return { ...command, before: command.after, after: command.before };
  }
}
