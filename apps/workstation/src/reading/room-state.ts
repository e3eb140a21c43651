import type { PictureStack } from "./picture-stacks.ts";

/** How many viewports, in which order. */
export const layouts = ["1x1", "1x2", "2x2"] as const;

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
  readonly framesPerSecond: number;
}

/** What happens in the reading room. */
export type RoomEvent =
  | { readonly kind: "layout"; readonly layout: Layout }
  | { readonly kind: "activate"; readonly cell: number }
  | { readonly kind: "show"; readonly cell: number; readonly stackId: string; readonly index?: number }
  | { readonly kind: "index"; readonly cell: number; readonly index: number }
  | { readonly kind: "tool"; readonly tool: Tool }
  | { readonly kind: "planes" }
  | { readonly kind: "cine" }
  | { readonly kind: "rate"; readonly framesPerSecond: number };

const empty: Cell = { stackId: undefined, index: 0 };

/** A room in which nothing was chosen. 15 images a second is what coronary angiography is most often recorded at. */
export const emptyRoom: RoomState = {
  layout: "1x1",
  cells: [empty, empty, empty, empty],
  active: 0,
  tool: "window",
  hasPlanes: false,
  isPlaying: false,
  framesPerSecond: 15,
};

/** How many viewports a layout has. */
export function cellCount(layout: Layout): number {
  return layout === "1x1" ? 1 : layout === "1x2" ? 2 : 4;
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
      return room.active === event.cell ? room : { ...room, active: event.cell, isPlaying: false };
    case "show":
      return withCell({ ...room, active: event.cell, isPlaying: false }, event.cell, {
        stackId: event.stackId,
        index: event.index ?? 0,
      });
    case "index":
      return withCell(room, event.cell, { stackId: room.cells[event.cell]?.stackId, index: event.index });
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

function withCell(room: RoomState, at: number, cell: Cell): RoomState {
  return { ...room, cells: room.cells.map((one, index) => (index === at ? cell : one)) };
}

/** An index that the stack has. */
export function inStack({ pictures }: Pick<PictureStack, "pictures">, index: number): number {
  return Math.max(0, Math.min(pictures.length - 1, index));
}
