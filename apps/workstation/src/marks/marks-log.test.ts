import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mark } from "./mark.ts";
import { apply, emptyLog, type MarkCommand, type MarksLog, redo, undo } from "./marks-log.ts";

function mark(id: string, x = 0): Mark {
  return {
    id,
    kind: "length",
    pictureId: "1.2/1",
    seriesInstanceUid: "1.2",
    points: [
      [x, 0],
      [x, 1],
    ],
  };
}

test("a change is taken back and done again", () => {
  const added = apply(apply(emptyLog, { kind: "add", mark: mark("a") }), { kind: "add", mark: mark("b") });
  const moved = apply(added, { kind: "change", before: mark("a"), after: mark("a", 5) });
  expect(moved.marks).toEqual([mark("a", 5), mark("b")]);
  expect(undo(moved).marks).toEqual([mark("a"), mark("b")]);
  expect(redo(undo(moved))).toEqual(moved);
});

test("a new change forgets what was taken back", () => {
  const back = undo(apply(emptyLog, { kind: "add", mark: mark("a") }));
  expect(redo(apply(back, { kind: "add", mark: mark("b") })).marks).toEqual([mark("b")]);
});

test("where there is nothing to take back nothing changes", () => {
  expect(undo(emptyLog)).toBe(emptyLog);
  expect(redo(emptyLog)).toBe(emptyLog);
});

test("after any changes, as many undo lead to the beginning and as many redo to the end", () => {
  const steps = fc.array(fc.record({ kind: fc.constantFrom("add", "remove", "change"), pick: fc.nat() }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(steps, (chosen) => {
      const end = chosen.reduce<MarksLog>((log, step, at) => apply(log, commandOf(log, step, at)), emptyLog);
      const start = chosen.reduce(undo, end);
      expect(start.marks).toEqual([]);
      const again = chosen.reduce(redo, start);
      expect(new Set(again.marks)).toEqual(new Set(end.marks));
    }),
  );
});

function commandOf(
  log: MarksLog,
  { kind, pick }: { readonly kind: string; readonly pick: number },
  at: number,
): MarkCommand {
  const before = log.marks[pick % Math.max(1, log.marks.length)];
  if (before === undefined || kind === "add") return { kind: "add", mark: mark(`m${at}`) };
  return kind === "remove" ? { kind: "remove", mark: before } : { kind: "change", before, after: mark(before.id, at) };
}
