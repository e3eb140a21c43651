import type { CodecSet } from "@etalon/dicom";
import type { Peer } from "@etalon/dicom/network";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive } from "../archive/archive.ts";
import type { DimseConfig } from "../config.ts";
import type { DimseMetrics } from "./dimse-metrics.ts";
import type { DestinationOf } from "./read-destinations.ts";

/** What the handlers stand on, for as long as the server runs. */
export interface DimseContext {
  readonly config: DimseConfig;
  readonly archive: Archive;
  readonly destinationOf: DestinationOf;
  readonly scopeOf: (peer: Peer) => AccessScope;
  readonly codecs: CodecSet;
  readonly metrics: DimseMetrics;
}
