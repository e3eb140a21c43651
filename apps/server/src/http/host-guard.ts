import { isIP } from "node:net";
import { EtalonError } from "@etalon/base";
import type { FastifyInstance } from "fastify";

/** Whether an address or name is this machine's loopback (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3, RFC 6761 section 6.3). */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return isIP(name) === 4
    ? name.startsWith("127.")
    : name === "::1" || name === "localhost" || name.endsWith(".localhost");
}

/**
 * Refuses requests for another host than the loopback one. A page of the Internet whose name somebody points at 127.0.0.1
 * ("DNS rebinding") would otherwise count as a page of the archive, and read all that is in it.
 */
export function guardHost(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    const { hostname } = request;
    if (hostname === "" || isLoopback(hostname)) return;
    throw new EtalonError("host-not-allowed", { field: "Host", received: hostname });
  });
}
