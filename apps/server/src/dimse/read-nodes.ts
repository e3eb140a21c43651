import { isIP, SocketAddress } from "node:net";
import type { KnownCaller } from "@etalon/dicom/network";

/** An application entity that images can be sent to. */
export interface DimseNode {
  readonly aeTitle: string;
  readonly host: string;
  readonly port: number;
  /** Whether associations with it are encrypted. */
  readonly isTls: boolean;
}

/** VR AE without the comma that separates entries (PS3.5 section 6.2). */
const aeTitlePattern = /^(?! )[\x20-\x2b\x2d-\x5b\x5d-\x7e]{1,16}(?<! )$/;

/** Nodes as they are set: "PACS=10.0.0.5:104,WS=tls://[fd00::7]:2762"; `undefined` where that is none, or names one twice. */
export function readNodes(text: string): readonly DimseNode[] | undefined {
  const nodes = text.split(",").map((part) => readNode(part.trim()));
  const known = nodes.filter((node) => node !== undefined);
  const titles = new Set(known.map(({ aeTitle }) => aeTitle));
  return known.length === nodes.length && titles.size === nodes.length ? known : undefined;
}

function readNode(text: string): DimseNode | undefined {
  const equals = text.lastIndexOf("=");
  const aeTitle = text.slice(0, Math.max(equals, 0));
  const place =
    /^(?<tls>tls:\/\/)?(?:\[(?<v6>[^\]]+)\]|(?<name>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)):(?<port>\d{1,5})$/.exec(
      text.slice(equals + 1),
    )?.groups;
  const port = Number(place?.["port"]);
  const v6 = place?.["v6"];
  const host = v6 ?? place?.["name"];
  const isPlace = host !== undefined && (v6 === undefined || isIP(v6) === 6) && port >= 1 && port <= 65_535;
  return isPlace && aeTitlePattern.test(aeTitle)
    ? { aeTitle, host, port, isTls: place?.["tls"] !== undefined }
    : undefined;
}

/** Callers as they are set: "CT1,PACS@10.0.0.5"; `undefined` where that is none. */
export function readCallers(text: string): readonly KnownCaller[] | undefined {
  const callers = text.split(",").map((part) => readCaller(part.trim()));
  const known = callers.filter((caller) => caller !== undefined);
  return known.length === callers.length ? known : undefined;
}

/** A title may hold an "@", too: what follows the last one is an address, or the title goes on. */
function readCaller(text: string): KnownCaller | undefined {
  const at = text.lastIndexOf("@");
  const address = at < 0 ? undefined : text.slice(at + 1);
  const aeTitle = at < 0 ? text : text.slice(0, at);
  if (!aeTitlePattern.test(aeTitle)) return undefined;
  if (address === undefined) return { aeTitle };
  const family = isIP(address);
  if (family === 0) return undefined;
  // Addresses are compared as Node writes those of its sockets.
  return { aeTitle, address: family === 4 ? address : new SocketAddress({ address, family: "ipv6" }).address };
}
