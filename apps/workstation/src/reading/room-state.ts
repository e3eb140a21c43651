import type { PictureStack } from "./picture-stacks.ts";

/** Viewports beside each other and below each other, columns first. */
export const layouts = ["1x1", "2x1", "1x2", "2x2", "3x1", "1x3", "3x2", "2x3", "3x3"] as const;

/** One of {@link layouts}. */
export type Layout = (typeof layouts)[number];

/** What the left button does. */
export const tools = ["window", "scroll", "pan", "zoom", "length", "angle", "ellipse", "rectangle"] as const;

/** One of {@link tools}. */
export type Tool = (typeof tools)[number];

/** What a viewport shows. */
export interface Cell {
  /** Absent where nothing was chosen yet. */
  readonly stackId: string | undefined;
  readonly index: number;
}

/** What the reading room shows. */
export interface RoomState {
  readonly layout: Layout;
  /** As many as the largest layout has; those beyond the present one keep what they show. */
  readonly cells: readonly Cell[];
  readonly active: number;
  readonly tool: Tool;
  /** Whether the active stack is shown in three planes. */
  readonly hasPlanes: boolean;
  readonly isPlaying: boolean;
  /** As the reader chose; absent where the stack's own counts. */
  readonly framesPerSecond: number | undefined;
  /** Where each viewport stood when scrolling was linked; absent where each scrolls for itself. */
  readonly linkedAt: readonly number[] | undefined;
}

/** What happens in the reading room. */
export type RoomEvent =
  | { readonly kind: "layout"; readonly layout: Layout }
  | { readonly kind: "activate"; readonly cell: number }
  | { readonly kind: "show"; readonly cell: number; readonly stackId: string; readonly index?: number }
  | { readonly kind: "indexes"; readonly indexes: ReadonlyMap<number, number> }
  | { readonly kind: "hang"; readonly layout: Layout; readonly stackIds: readonly string[] }
  | { readonly kind: "link" }
  | { readonly kind: "tool"; readonly tool: Tool }
  | { readonly kind: "planes" }
  | { readonly kind: "cine" }
  | { readonly kind: "rate"; readonly framesPerSecond: number };

const empty: Cell = { stackId: undefined, index: 0 };

/** A room in which nothing was chosen. */
export const emptyRoom: RoomState = {
  layout: "1x1",
  cells: Array.from({ length: 9 }, () => empty),
  active: 0,
  tool: "window",
  hasPlanes: false,
  isPlaying: false,
  framesPerSecond: undefined,
  linkedAt: undefined,
};

/** Columns and rows of a layout. */
export function gridOf(layout: Layout): readonly [columns: number, rows: number] {
  const [columns = 1, rows = 1] = layout.split("x").map(Number);
  return [columns, rows];
}

/** How many viewports a layout has. */
export function cellCount(layout: Layout): number {
  const [columns, rows] = gridOf(layout);
  return columns * rows;
}

/** The room after something has happened. */
export function nextRoom(room: RoomState, event: RoomEvent): RoomState {
  switch (event.kind) {
    case "layout":
      return {
        ...room,
        layout: event.layout,
        active: Math.min(room.active, cellCount(event.layout) - 1),
        hasPlanes: false,
      };
    case "activate":
      return room.active === event.cell ? room : { ...quiet(room), active: event.cell };
    case "show":
      return shown(room, event);
    case "indexes":
      return {
        ...room,
        cells: room.cells.map((cell, at) => {
          const index = event.indexes.get(at) ?? cell.index;
          return index === cell.index ? cell : { ...cell, index };
        }),
      };
    case "hang":
      return {
        ...quiet(room),
        layout: event.layout,
        cells: room.cells.map((cell, at) => {
          const stackId = event.stackIds[at];
          return stackId === undefined || stackId === cell.stackId ? cell : { stackId, index: 0 };
        }),
        active: 0,
        hasPlanes: false,
        linkedAt: undefined,
      };
    case "link":
      return { ...room, linkedAt: room.linkedAt === undefined ? room.cells.map(({ index }) => index) : undefined };
    case "tool":
      return { ...room, tool: event.tool };
    case "planes":
      return { ...room, hasPlanes: !room.hasPlanes, isPlaying: false };
    case "cine":
      return { ...room, isPlaying: !room.isPlaying };
    case "rate":
      return { ...room, framesPerSecond: event.framesPerSecond };
  }
}

function shown(room: RoomState, { cell, stackId, index = 0 }: RoomEvent & { readonly kind: "show" }): RoomState {
  const cells = room.cells.map((one, at) => (at === cell ? { stackId, index } : one));
  return {
    ...quiet(room),
    cells,
    active: cell,
    linkedAt: room.linkedAt?.map((one, at) => (at === cell ? index : one)),
  };
}

/** Nothing plays, and nobody has chosen how fast. */
function quiet(room: RoomState): RoomState {
  return { ...room, isPlaying: false, framesPerSecond: undefined };
}

/** An index that the stack has. */
export function inStack({ pictures }: Pick<PictureStack, "pictures">, index: number): number {
  return Math.max(0, Math.min(pictures.length - 1, index));
}
