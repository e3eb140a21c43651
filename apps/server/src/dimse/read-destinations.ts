import type { Destination } from "@etalon/dicom/network";
import type { DimseConfig } from "../config.ts";
import { readPeerTls } from "../read-tls.ts";

/** Where a node is reached, and how. */
export type NodeDestination = Pick<Destination, "host" | "port" | "tls">;

/** The node of an AE title; `undefined` of one that is not set. */
export type DestinationOf = (aeTitle: string) => NodeDestination | undefined;

/**
 * The nodes of the configuration, with the keys and certificates of the encrypted ones.
 *
 * @throws {EtalonError} `file-unreadable` for a key or certificate that is none
 */
export async function readDestinations({
  nodes,
  nodesCaFile,
  tls: own,
}: Pick<DimseConfig, "nodes" | "nodesCaFile" | "tls">): Promise<DestinationOf> {
  const tls = nodes.some(({ isTls }) => isTls) ? await readPeerTls(own, nodesCaFile) : {};
  const destinations = new Map(
    nodes.map(({ aeTitle, host, port, isTls }) => [aeTitle, { host, port, ...(isTls ? { tls } : {}) }]),
  );
  return (aeTitle) => destinations.get(aeTitle);
}
