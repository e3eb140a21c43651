import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cellCount,
  emptyRoom,
  gridOf,
  inStack,
  layouts,
  nextRoom,
  type RoomEvent,
  type RoomState,
} from "./room-state.ts";
import { madeStack } from "./testing/made-stack.ts";

const after = (...events: readonly RoomEvent[]): RoomState => events.reduce(nextRoom, emptyRoom);

test("a smaller layout keeps what its viewports and those beyond it show, and one of its own active", () => {
  const room = after(
    { kind: "layout", layout: "2x2" },
    { kind: "show", cell: 3, stackId: "d", index: 7 },
    { kind: "layout", layout: "2x1" },
  );
  expect([room.active, gridOf(room.layout), cellCount(room.layout)]).toEqual([1, [2, 1], 2]);
  expect(room.cells[3]).toEqual({ stackId: "d", index: 7 });
});

test("what is shown is active, begins at its first image, and plays nothing at a rate of another", () => {
  const room = after({ kind: "cine" }, { kind: "rate", framesPerSecond: 30 }, { kind: "show", cell: 2, stackId: "c" });
  expect(room).toMatchObject({ active: 2, isPlaying: false, framesPerSecond: undefined });
  expect(room.cells[2]).toEqual({ stackId: "c", index: 0 });
});

test("going on in the active viewport changes nothing, by identity; another one stops the cine", () => {
  const room = after({ kind: "cine" });
  expect(nextRoom(room, { kind: "activate", cell: 0 })).toBe(room);
  expect(nextRoom(room, { kind: "activate", cell: 1 })).toMatchObject({ active: 1, isPlaying: false });
});

test("a link holds where each viewport stood; what is shown anew is linked from where it begins", () => {
  const linked = after(
    { kind: "show", cell: 0, stackId: "a", index: 4 },
    { kind: "link" },
    { kind: "show", cell: 1, stackId: "b", index: 9 },
  );
  expect(linked.linkedAt?.slice(0, 3)).toEqual([4, 9, 0]);
  expect(nextRoom(linked, { kind: "link" }).linkedAt).toBeUndefined();
});

test("hanging shows what it names, leaves what stands right where it is, and links nothing", () => {
  const room = after(
    { kind: "show", cell: 0, stackId: "a", index: 4 },
    { kind: "show", cell: 1, stackId: "b", index: 5 },
    { kind: "link" },
    { kind: "planes" },
    { kind: "hang", layout: "2x1", stackIds: ["a", "c"] },
  );
  expect(room.cells.slice(0, 2)).toEqual([
    { stackId: "a", index: 4 },
    { stackId: "c", index: 0 },
  ]);
  expect(room).toMatchObject({ layout: "2x1", active: 0, hasPlanes: false, linkedAt: undefined });
});

test("planes, cine and link are turned off as they are turned on", () => {
  for (const kind of ["planes", "cine", "link"] as const) {
    expect(after({ kind }, { kind })).toEqual(emptyRoom);
    expect(after({ kind })).not.toEqual(emptyRoom);
  }
});

test("whatever happens, the active viewport is one of the layout, and none is lost", () => {
  const cell = fc.nat({ max: 8 });
  const layout = fc.constantFrom(...layouts);
  const stackId = fc.constantFrom("a", "b", "c");
  const events = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("layout" as const), layout }),
      fc.record({ kind: fc.constant("hang" as const), layout, stackIds: fc.array(stackId, { maxLength: 9 }) }),
      fc.record({ kind: fc.constantFrom("link" as const, "planes" as const, "cine" as const) }),
      fc.record({
        kind: fc.constant("indexes" as const),
        indexes: fc.array(fc.tuple(cell, fc.nat())).map((all) => new Map(all)),
      }),
      // A viewport that is not on the screen is neither clicked nor filled: its number is taken from the layout.
      fc.record({ kind: fc.constantFrom("activate" as const, "show" as const), cell, stackId }),
    ),
  );
  fc.assert(
    fc.property(events, (all) => {
      let room = emptyRoom;
      for (const event of all) {
        room = nextRoom(room, "cell" in event ? { ...event, cell: event.cell % cellCount(room.layout) } : event);
        expect(room.active).toBeLessThan(cellCount(room.layout));
        expect(room.cells).toHaveLength(9);
        if (room.linkedAt !== undefined) expect(room.linkedAt).toHaveLength(9);
      }
    }),
  );
});

test("an index beyond a stack is its end", () => {
  const stack = madeStack({ id: "1", slices: 4, spacingMm: 1 });
  expect([-3, 2, 9].map((index) => inStack(stack, index))).toEqual([0, 2, 3]);
});
