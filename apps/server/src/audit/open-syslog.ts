import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:tls";

/** A syslog collector, reached. */
export interface Syslog {
  /** Settles when all messages were handed to the network. @throws what the network does */
  send(messages: readonly Buffer[]): Promise<void>;
  close(): void;
}

/** How long a connection may take to be made. */
const patienceMs = 10_000;

/** @param url `udp://host:514` (RFC 5426: one datagram each, may be lost) or `tls://host:6514` (RFC 5425) */
export function openSyslog(url: string): Syslog {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return protocol === "udp:" ? overUdp(host, Number(port || 514)) : overTls(host, Number(port || 6514));
}

function overUdp(host: string, port: number): Syslog {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4").unref();
  return {
    send: async (messages) => {
      for (const message of messages) {
        await new Promise<void>((resolve, reject) => {
          socket.send(message, port, host, (error) => (error === null ? resolve() : reject(error)));
        });
      }
    },
    close: () => socket.close(),
  };
}

/** A connection for each batch: what the collector has not taken at its end is an error, and is sent again. */
function overTls(host: string, port: number): Syslog {
  return {
    send: async (messages) => {
      const socket = connect({ host, port, ...(/[a-z]/i.test(host) ? { servername: host } : {}) });
      try {
        await once(socket, "secureConnect", { signal: AbortSignal.timeout(patienceMs) });
        const framed = messages.flatMap((message) => [Buffer.from(`${message.length} `), message]);
        await new Promise<void>((resolve, reject) => {
          socket.once("error", reject);
          socket.end(Buffer.concat(framed), () => resolve());
        });
      } finally {
        socket.destroySoon();
      }
    },
    close: () => {},
  };
}
