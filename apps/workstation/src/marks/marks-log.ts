import type { Mark } from "./mark.ts";
import { measurementsOnly, type ReadingDraft } from "./reading-draft.ts";

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
  /** What was done by each protocol; its measurements are those of `marks` that it owns. */
  readonly readings: Readonly<Record<string, ReadingDraft | undefined>>;
  /** Protocol in whose reading a mark is kept, by the mark's id. */
  readonly owners: Readonly<Record<string, string>>;
  /** Protocol whose reading is open, which owns what is drawn now. */
  readonly current: string | undefined;
  readonly done: readonly MarkCommand[];
  readonly undone: readonly MarkCommand[];
}

/** Nothing drawn yet. */
export const emptyLog: MarksLog = {
  ...{ marks: [], readings: {}, owners: {}, done: [], undone: [] },
  current: undefined,
};

/**
 * Opens the reading of a protocol with what was stored: nothing that is taken back. What was drawn before any reading was
 * open becomes part of it. That of {@link measurementsOnly} owns what is drawn from now on where no other is open.
 */
export function loadReading(log: MarksLog, protocolId: string, draft: ReadingDraft): MarksLog {
  const opened = { ...log, current: protocolId === measurementsOnly ? (log.current ?? protocolId) : protocolId };
  const orphans = log.marks.filter(({ id }) => log.owners[id] === undefined);
  if (orphans.length === 0) return withReading(opened, protocolId, draft);
  const measurements = [...draft.measurements, ...orphans];
  return withReading(opened, protocolId, { ...draft, measurements });
}

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
  const { marks } = log;
  switch (command.kind) {
    case "add":
      return withMarks(log, [...marks, command.mark], command.mark);
    case "remove":
      return withMarks(
        log,
        marks.filter(({ id }) => id !== command.mark.id),
        command.mark,
      );
    case "change":
      return withMarks(
        log,
        marks.map((mark) => (mark.id === command.after.id ? command.after : mark)),
        command.after,
      );
    case "reading":
      return withReading(log, command.protocolId, command.after);
  }
}

/** Other marks, of which one changed: the reading that owns it has them too. */
function withMarks(log: MarksLog, marks: readonly Mark[], { id }: Mark): MarksLog {
  const owner = log.owners[id] ?? log.current;
  if (owner === undefined) return { ...log, marks };
  const owners = { ...log.owners, [id]: owner };
  const draft = log.readings[owner];
  if (draft === undefined) return { ...log, marks, owners };
  const measurements = marks.filter((mark) => owners[mark.id] === owner);
  return { ...log, marks, owners, readings: { ...log.readings, [owner]: { ...draft, measurements } } };
}

/** Another draft of a reading: the marks that it owns are those of the draft. */
function withReading(log: MarksLog, protocolId: string, draft: ReadingDraft | undefined): MarksLog {
  const readings = { ...log.readings, [protocolId]: draft };
  if (draft === undefined || draft.measurements === log.readings[protocolId]?.measurements) return { ...log, readings };
  const own = new Set(draft.measurements.map(({ id }) => id));
  const others = log.marks.filter(({ id }) => log.owners[id] !== protocolId && !own.has(id));
  const owners = Object.fromEntries([...own].map((id) => [id, protocolId]));
  return { ...log, readings, marks: [...others, ...draft.measurements], owners: { ...log.owners, ...owners } };
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
