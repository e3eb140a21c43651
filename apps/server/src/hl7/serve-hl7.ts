import { EtalonError } from "@etalon/base";
import type { Hl7Config } from "../config.ts";
import type { OrderPlace } from "./answer-message.ts";
import type { Hl7Server } from "./start-hl7-server.ts";

/**
 * Takes orders where it is configured to.
 *
 * @returns `undefined` where it is not
 * @throws {EtalonError} `port-in-use` where it cannot listen
 */
export async function serveHl7(config: Hl7Config | undefined, place: OrderPlace): Promise<Hl7Server | undefined> {
  if (config === undefined) return undefined;
  // The parser's package takes 20 MB and a twentieth of a second: only who uses it pays.
  const { startHl7Server } = await import("./start-hl7-server.ts");
  const { host, port } = config;
  try {
    return await startHl7Server({ ...place, host, port });
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new EtalonError("port-in-use", {
      field: "ETALON_HL7_PORT",
      received: `${host}:${port}`,
      details: { reason },
      cause,
    });
  }
}
