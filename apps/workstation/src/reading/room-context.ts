import { createContext, useContext } from "react";
import type { StackView } from "../viewport/view.ts";
import type { PictureStack } from "./picture-stacks.ts";
import type { RoomState } from "./room-state.ts";
import { type RoomStore, useStoreState } from "./room-store.ts";
import type { StudyMarks } from "./use-marks.ts";
import type { Prior } from "./use-prior.ts";
import type { OpenStudy } from "./use-stacks.ts";

/** What the parts of the reading room share. */
export interface Room {
  readonly open: OpenStudy;
  readonly stacks: readonly PictureStack[];
  /** What is shown; {@link useRoomState} reads it where it is drawn. */
  readonly store: RoomStore;
  readonly dispatch: RoomStore["dispatch"];
  readonly marks: StudyMarks;
  /** Goes to a picture of a viewport's stack; linked viewports follow. */
  readonly goTo: (cell: number, index: number) => void;
  /** An older study of the patient beside this one. */
  readonly prior: Prior;
  /** Whether an image is on the screen, or none will be: what stands around it comes after it. */
  readonly hasShown: boolean;
  readonly tellShown: () => void;
  /** The views that are open, by viewport. */
  readonly views: Map<number, StackView>;
  /** What a viewport shows at this moment; {@link useShownStack} gives it where it is drawn. */
  readonly stackOf: (cell: number) => PictureStack | undefined;
}

/** Gives the room to its parts. */
export const RoomContext = createContext<Room | undefined>(undefined);

/** The room around a component. */
export function useRoomContext(): Room {
  const room = useContext(RoomContext);
  if (room === undefined) throw new Error("outside of the reading room");
  return room;
}

/**
 * A part of what the room shows; the component is drawn anew when that part changes.
 *
 * @param select gives the same value, by identity, while its part does not change
 */
export function useRoomState<T>(select: (state: RoomState) => T): T {
  return useStoreState(useRoomContext().store, select);
}

/** What a viewport shows; drawn anew when that changes. */
export function useShownStack(cell: number): PictureStack | undefined {
  const { stacks } = useRoomContext();
  const stackId = useRoomState(({ cells }) => cells[cell]?.stackId);
  return stacks.find(({ id }) => id === stackId);
}
