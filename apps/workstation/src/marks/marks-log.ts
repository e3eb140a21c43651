import type { Mark } from "./mark.ts";

/** One change of the marks, with all that taking it back needs. */
export type MarkCommand =
  | { readonly kind: "add"; readonly mark: Mark }
  | { readonly kind: "remove"; readonly mark: Mark }
  | { readonly kind: "change"; readonly before: Mark; readonly after: Mark };

/**
 * What was drawn, and how it came to be: the one truth of the marks of a study. What a view draws is made from it, so that a
 * change of layout loses nothing.
 */
export interface MarksLog {
  readonly marks: readonly Mark[];
  readonly done: readonly MarkCommand[];
  readonly undone: readonly MarkCommand[];
}

/** Nothing drawn yet. */
export const emptyLog: MarksLog = { marks: [], done: [], undone: [] };

/** The log after a change; what had been undone can no longer be done again. */
export function apply(log: MarksLog, command: MarkCommand): MarksLog {
  return { marks: changed(log.marks, command), done: [...log.done, command], undone: [] };
}

/** Takes the last change back; the same log where there is none. */
export function undo(log: MarksLog): MarksLog {
  const command = log.done.at(-1);
  if (command === undefined) return log;
  return {
    marks: changed(log.marks, inverse(command)),
    done: log.done.slice(0, -1),
    undone: [...log.undone, command],
  };
}

/** Does again what was taken back last; the same log where there is nothing. */
export function redo(log: MarksLog): MarksLog {
  const command = log.undone.at(-1);
  if (command === undefined) return log;
  return { marks: changed(log.marks, command), done: [...log.done, command], undone: log.undone.slice(0, -1) };
}

function changed(marks: readonly Mark[], command: MarkCommand): readonly Mark[] {
  switch (command.kind) {
    case "add":
      return [...marks, command.mark];
    case "remove":
      return marks.filter(({ id }) => id !== command.mark.id);
    case "change":
      return marks.map((mark) => (mark.id === command.after.id ? command.after : mark));
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
  }
}
