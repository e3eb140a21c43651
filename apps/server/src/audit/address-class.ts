import { BlockList, isIP } from "node:net";
import type { addressClasses } from "./audit-event.ts";

/** What the log says of an address. */
export type AddressClass = (typeof addressClasses)[number];

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193 and RFC 4291: addresses that mean nothing outside their own network. */
const privateNetworks = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["fc00::", 7],
  ["fe80::", 10],
] as const;

const loopbackNetworks = [
  ["127.0.0.0", 8],
  ["::1", 128],
] as const;

const privates = listOf(privateNetworks);
const loopbacks = listOf(loopbackNetworks);

/** The class of an IPv4 or IPv6 address, also of an IPv4 one written as IPv6; `unknown` for what is none. */
export function addressClass(address: string | undefined): AddressClass {
  const family = isIP(address ?? "");
  if (address === undefined || family === 0) return "unknown";
  const kind = family === 6 ? "ipv6" : "ipv4";
  if (loopbacks.check(address, kind)) return "loopback";
  return privates.check(address, kind) ? "private" : "public";
}

function listOf(networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIP(network) === 6 ? "ipv6" : "ipv4");
  return list;
}
