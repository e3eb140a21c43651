import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mark } from "./mark.ts";
import { apply, emptyLog, loadReading, type MarkCommand, type MarksLog, redo, undo } from "./marks-log.ts";
import { emptyDraft, measurementsOnly } from "./reading-draft.ts";

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

test("what is drawn is of the reading that is open, and of no other", () => {
  const opened = loadReading(emptyLog, "a", emptyDraft);
  expect(opened.readings["a"]).toBe(emptyDraft);
  const drawn = apply(opened, { kind: "add", mark: mark("m1") });
  expect(drawn.readings["a"]?.measurements).toEqual([mark("m1")]);
  const other = apply(loadReading(drawn, "b", emptyDraft), { kind: "add", mark: mark("m2") });
  expect(other.marks).toEqual([mark("m1"), mark("m2")]);
  expect(other.readings["b"]?.measurements).toEqual([mark("m2")]);
  const moved = apply(other, { kind: "change", before: mark("m1"), after: mark("m1", 7) });
  expect(moved.readings["a"]?.measurements).toEqual([mark("m1", 7)]);
  expect(apply(moved, { kind: "remove", mark: mark("m1", 7) }).readings["a"]?.measurements).toEqual([]);
});

test("what was stored is shown, also when the reading is opened again", () => {
  const stored = { ...emptyDraft, measurements: [mark("m1")] };
  const opened = loadReading(emptyLog, "a", stored);
  expect(opened.marks).toEqual([mark("m1")]);
  expect(opened.readings["a"]).toBe(stored);
  expect(loadReading(opened, "a", stored).marks).toEqual([mark("m1")]);
});

test("what was drawn before any reading was open becomes part of the first", () => {
  const early = apply(emptyLog, { kind: "add", mark: mark("m1") });
  expect(early.owners).toEqual({});
  const opened = loadReading(early, "a", { ...emptyDraft, measurements: [mark("m0")] });
  expect(opened.readings["a"]?.measurements).toEqual([mark("m0"), mark("m1")]);
  expect(undo(opened).readings["a"]?.measurements).toEqual([mark("m0")]);
});

test("what was drawn without a protocol is kept as a reading of its own, which owns nothing new once another is open", () => {
  const looked = loadReading(emptyLog, measurementsOnly, { ...emptyDraft, measurements: [mark("k")] });
  const drawn = apply(looked, { kind: "add", mark: mark("l") });
  expect(drawn.readings[measurementsOnly]?.measurements).toEqual([mark("k"), mark("l")]);
  const fitted = apply(loadReading(drawn, "a", emptyDraft), { kind: "add", mark: mark("m") });
  expect(fitted.readings[measurementsOnly]?.measurements).toEqual([mark("k"), mark("l")]);
  expect(fitted.readings["a"]?.measurements).toEqual([mark("m")]);
  expect(fitted.marks).toEqual([mark("k"), mark("l"), mark("m")]);
});

test("what was drawn without a protocol is shown beside a reading that was open before it, and is not mixed with it", () => {
  const opened = loadReading(loadReading(emptyLog, "a", emptyDraft), measurementsOnly, {
    ...emptyDraft,
    measurements: [mark("k")],
  });
  const drawn = apply(opened, { kind: "add", mark: mark("m") });
  expect(drawn.marks).toEqual([mark("k"), mark("m")]);
  expect(drawn.readings["a"]?.measurements).toEqual([mark("m")]);
  expect(apply(drawn, { kind: "remove", mark: mark("k") }).readings[measurementsOnly]?.measurements).toEqual([]);
});

test("another version of a reading brings its measurements, and undo those of before", () => {
  const drawn = apply(loadReading(emptyLog, "a", emptyDraft), { kind: "add", mark: mark("mine") });
  const before = drawn.readings["a"];
  const after = { ...emptyDraft, measurements: [mark("theirs")] };
  const taken = apply(drawn, { kind: "reading", protocolId: "a", before, after });
  expect(taken.marks).toEqual([mark("theirs")]);
  expect(undo(taken).marks).toEqual([mark("mine")]);
  expect(undo(undo(taken)).readings["a"]?.measurements).toEqual([]);
});

test("the reading that is open has what is drawn, after any changes taken back and done again", () => {
  const steps = fc.array(
    fc.record({ kind: fc.constantFrom("add", "remove", "change", "undo", "redo"), pick: fc.nat() }),
  );
  fc.assert(
    fc.property(steps, (chosen) => {
      chosen.reduce(
        (log, step, at) => {
          const next =
            step.kind === "undo" ? undo(log) : step.kind === "redo" ? redo(log) : apply(log, commandOf(log, step, at));
          expect(next.readings["a"]?.measurements).toEqual(next.marks);
          return next;
        },
        loadReading(emptyLog, "a", emptyDraft),
      );
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
