import type { DestinationOf } from "../dimse/read-destinations.ts";
import type { CommitmentPlace } from "./check-instances.ts";
import type { CommitmentTimes } from "./commitment-times.ts";

/** What storage commitment stands on. */
export interface StorageCommitmentParts extends CommitmentPlace {
  readonly siteId: number;
  /** Of this archive: reports are sent, and images can be retrieved, under it. */
  readonly aeTitle: string;
  /** Where a requester takes associations, `undefined` for one that no node is configured for. */
  readonly destinationOf: DestinationOf;
  readonly times?: CommitmentTimes;
}
