import type { GivenFact } from "@etalon/decide";
import type { AnyProtocol } from "@etalon/measure";
import { createContext, useContext } from "react";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import type {
  Documents,
  MadeFile,
  MapRequest,
  Measured,
  MeasuringProgress,
  MeasuringRefusal,
} from "../measuring/measuring-messages.ts";
import type { ReadingSync } from "../report/use-reading-sync.ts";
import type { LesionMap } from "./calcium/lesion-map.ts";
import type { DrawnAs } from "./contours/contour-regions.ts";
import type { RoleMatching } from "./role-candidates.ts";

/** What measuring has come to. */
export interface RunState {
  /** The last result, also while the next is under way. */
  readonly measured: Measured | undefined;
  /** Whether it is of what stands on the page. */
  readonly isCurrent: boolean;
  readonly progress: MeasuringProgress | undefined;
  readonly refusal: MeasuringRefusal | undefined;
  /** Milliseconds from the last edit to its result on the page. */
  readonly editMs: number | undefined;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** What the pointer does with lesions. */
export const lesionTools = ["off", "assign", "brush", "eraser"] as const;

/** One of {@link lesionTools}. */
export type LesionTool = (typeof lesionTools)[number];

/** How lesions are given to arteries. */
export interface LesionTooling {
  readonly tool: LesionTool;
  readonly setTool: (tool: LesionTool) => void;
  /** Label of the artery, or "excluded". */
  readonly artery: string;
  readonly setArtery: (label: string) => void;
  /** Of the brush, mm. */
  readonly radiusMm: number;
  readonly setRadiusMm: (mm: number) => void;
  /** Candidate that was chosen in the list. */
  readonly selected: number | undefined;
  readonly select: (candidate: number | undefined) => void;
}

/** What contours are drawn of, and which of them is chosen. */
export interface ContourTooling {
  /** Absent while the pointer draws none. */
  readonly drawing: DrawnAs | undefined;
  readonly draw: (structure: DrawnAs | undefined) => void;
  readonly selected: string | undefined;
  readonly select: (id: string | undefined) => void;
}

/** A protocol at work on the study that is read. */
export interface Reading {
  /** Protocols whose inputs the study has. */
  readonly fitting: readonly AnyProtocol[];
  readonly protocol: AnyProtocol;
  readonly chooseProtocol: (id: string) => void;
  readonly roles: readonly RoleMatching[];
  readonly draft: ReadingDraft;
  /** Changes the draft, through the log. Changes of one field that follow each other are taken back at once. */
  readonly edit: (change: Partial<ReadingDraft>, field?: string) => void;
  readonly run: RunState;
  readonly map: LesionMap | undefined;
  readonly lesions: LesionTooling;
  readonly contours: ContourTooling;
  readonly documents: Documents | undefined;
  /** A map of the result as a file, made on this page. @throws {MeasuringError} */
  readonly makeMap: (request: MapRequest) => Promise<MadeFile | "superseded">;
  /** Facts that are kept nowhere: gone with the page. */
  readonly sensitiveFacts: readonly GivenFact[];
  readonly setSensitiveFacts: (facts: readonly GivenFact[]) => void;
  /** The draft and its versions on the server. */
  readonly sync: ReadingSync;
  /** Whether it is signed: nothing can be changed, only added. */
  readonly isLocked: boolean;
}

/** Gives the protocol at work to the parts of the room; absent where none fits the study. */
export const ReadingContext = createContext<Reading | undefined>(undefined);

/** The protocol at work. */
export function useReading(): Reading | undefined {
  return useContext(ReadingContext);
}
