import { createContext } from "react";
import type { ReadingSync } from "../report/use-reading-sync.ts";

/** Gives what was drawn without a protocol, and whether it is saved, to the parts of the room; absent before it is opened. */
export const MeasurementsContext = createContext<ReadingSync | undefined>(undefined);
