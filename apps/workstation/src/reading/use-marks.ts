import { useMemo, useReducer, useState } from "react";
import type { Mark } from "../marks/mark.ts";
import { apply, emptyLog, loadReading, type MarkCommand, type MarksLog, redo, undo } from "../marks/marks-log.ts";
import type { ReadingDraft } from "../marks/reading-draft.ts";

/** The marks of the study that is read. */
export interface StudyMarks {
  readonly log: MarksLog;
  readonly selected: string | undefined;
  readonly select: (id: string | undefined) => void;
  readonly run: (command: MarkCommand) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly remove: (mark: Mark) => void;
  /** Puts in place what was stored: nothing that is taken back. */
  readonly load: (protocolId: string, draft: ReadingDraft) => void;
}

type LogEvent =
  | { readonly kind: "run"; readonly command: MarkCommand }
  | { readonly kind: "load"; readonly protocolId: string; readonly draft: ReadingDraft }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" };

/** The log of the marks, and what is chosen of them. */
export function useMarks(): StudyMarks {
  const [log, dispatch] = useReducer(nextLog, emptyLog);
  const [selected, select] = useState<string>();
  return useMemo(
    () => ({
      log,
      selected,
      select,
      run: (command) => dispatch({ kind: "run", command }),
      undo: () => dispatch({ kind: "undo" }),
      redo: () => dispatch({ kind: "redo" }),
      load: (protocolId, draft) => dispatch({ kind: "load", protocolId, draft }),
      remove: (mark) => dispatch({ kind: "run", command: { kind: "remove", mark } }),
    }),
    [log, selected],
  );
}

function nextLog(log: MarksLog, event: LogEvent): MarksLog {
  if (event.kind === "load") return loadReading(log, event.protocolId, event.draft);
  if (event.kind === "undo") return undo(log);
  return event.kind === "redo" ? redo(log) : apply(log, event.command);
}
