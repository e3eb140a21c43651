import { connect, type Socket } from "node:net";
import { encodeCommandSet } from "../dimse/command-set.ts";
import { dataTransferHeader, encodePdu } from "../pdu/encode-pdu.ts";
import type { AssociateRequest, Pdu } from "../pdu/pdu.ts";
import { PduParser } from "../pdu/pdu-parser.ts";

/** A peer that writes bytes, whatever they are, and reads PDUs. */
export interface RawPeer {
  readonly socket: Socket;
  readonly received: readonly Pdu[];
  /** The next PDU that was not asked for yet, `closed` where none comes any more. */
  next(): Promise<Pdu | "closed">;
}

/** Connects to a port of the loopback address, or speaks on a connection that it is given. */
export function rawPeer(at: number | Socket): RawPeer {
  const socket = typeof at === "number" ? connect({ port: at, host: "127.0.0.1" }) : at;
  const parser = new PduParser(1 << 20);
  const received: Pdu[] = [];
  let asked = 0;
  let isClosed = false;
  let wake = (): void => {};
  socket.on("data", (chunk) => {
    parser.append(Uint8Array.from(chunk));
    for (let pdu = parser.next(); pdu !== undefined; pdu = parser.next()) received.push(pdu);
    wake();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    isClosed = true;
    wake();
  });
  const next = async (): Promise<Pdu | "closed"> => {
    while (received.length === asked) {
      if (isClosed) return "closed";
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return received[asked++];
  };
  return { socket, received, next };
}

/** Asks for verification, in implicit little endian, on context 1. */
export const rawRequest: AssociateRequest = {
  type: "associate-rq",
  protocolVersion: 1,
  calledAeTitle: "ARCHIVE",
  callingAeTitle: "RAW",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [{ id: 1, abstractSyntax: "1.2.840.10008.1.1", transferSyntaxes: ["1.2.840.10008.1.2"] }],
  user: { maxPduLength: 0, implementationClassUid: "1.2", roles: [], extended: [], commonExtended: [] },
};

/** A P-DATA-TF of one value. */
export function dataPdu(
  value: { readonly contextId: number; readonly isCommand: boolean; readonly isLast: boolean },
  bytes: Uint8Array,
): Uint8Array {
  return Uint8Array.from([...dataTransferHeader({ ...value, length: bytes.length }), ...bytes]);
}

/** The bytes of a C-ECHO-RQ's command set. */
export const rawEcho = encodeCommandSet(
  { affectedSopClassUid: "1.2.840.10008.1.1", commandField: 0x30, messageId: 1 },
  false,
);

/** A C-ECHO-RQ on context 1. */
export const rawEchoPdu = dataPdu({ contextId: 1, isCommand: true, isLast: true }, rawEcho);

/** A peer whose association is accepted; its first PDU, the answer, is read. */
export async function associatedPeer(port: number, request: AssociateRequest = rawRequest): Promise<RawPeer> {
  const peer = rawPeer(port);
  peer.socket.write(encodePdu(request));
  const answer = await peer.next();
  if (answer === "closed" || answer.type !== "associate-ac") throw new Error("the association was not accepted");
  return peer;
}
