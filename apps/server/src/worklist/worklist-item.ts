import type { DataSet } from "@etalon/dicom";

/**
 * Where a scheduled procedure step is: the states before and during the examination are the defined terms of
 * ScheduledProcedureStepStatus (PS3.3 C.4.10); an item that is completed, discontinued or cancelled is on no list.
 */
export const worklistStates = [
  "scheduled",
  "arrived",
  "ready",
  "started",
  "completed",
  "discontinued",
  "cancelled",
] as const;

export type WorklistState = (typeof worklistStates)[number];

/**
 * States that modalities are told of. An item stays listed until somebody says that it is done or will not be, over the API or
 * HL7, or removes it: images that arrive do not end it, since more may follow, nor does the date, since an examination may be
 * late; modalities ask for the days that they want.
 */
export const listedStates: readonly WorklistState[] = ["scheduled", "arrived", "ready", "started"];

/** One scheduled procedure step. */
export interface WorklistItem {
  readonly id: number;
  readonly state: WorklistState;
  /** All attributes; ScheduledProcedureStepSequence has one item. */
  readonly attributes: DataSet;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** What names an item for who schedules: unique in its site. */
export interface WorklistKey {
  /** "" where there is none. */
  readonly accessionNumber: string;
  readonly stepId: string;
}
