import type { ConnectionOptions } from "node:tls";

/** Where to reach an application entity, and as whom. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** For an encrypted connection: trusted certificates, own key. */
  readonly tls?: ConnectionOptions;
}
