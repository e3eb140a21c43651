export type {
  Ledger,
  LedgerEntry,
  LedgerNote,
  Place,
  Stack,
  StackAxis,
  StackFrame,
  StackInstance,
  UnplacedReason,
} from "./ledger.ts";
export type { Volume } from "./volume.ts";
