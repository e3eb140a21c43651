import { createContext, useContext } from "react";
import type { StackView } from "../viewport/view.ts";
import type { PictureStack } from "./picture-stacks.ts";
import type { RoomEvent, RoomState } from "./room-state.ts";
import type { StudyMarks } from "./use-marks.ts";
import type { Prior } from "./use-prior.ts";
import type { OpenStudy } from "./use-stacks.ts";

/** What the parts of the reading room share. */
export interface Room {
  readonly open: OpenStudy;
  readonly stacks: readonly PictureStack[];
  readonly state: RoomState;
  readonly dispatch: (event: RoomEvent) => void;
  readonly marks: StudyMarks;
  /** Goes to a picture of a viewport's stack; linked viewports follow. */
  readonly goTo: (cell: number, index: number) => void;
  /** An older study of the patient beside this one. */
  readonly prior: Prior;
  /** The views that are open, by viewport. */
  readonly views: Map<number, StackView>;
  /** What a viewport shows. */
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
