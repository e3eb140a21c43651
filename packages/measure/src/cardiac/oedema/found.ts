import type { Remote } from "../remote-myocardium.ts";
import type { WallGeometry } from "../wall-geometry.ts";
import type { OedemaInputs } from "./inputs.ts";
import type { OedemaRegions } from "./regions.ts";

/** What one run found, for its outputs and for what it says of them. */
export interface OedemaFound {
  readonly inputs: OedemaInputs;
  readonly regions: OedemaRegions;
  readonly geometry: WallGeometry;
  readonly remote: Remote;
  /** Signal of the myocardium over that of skeletal muscle. */
  readonly ratio: number;
}
