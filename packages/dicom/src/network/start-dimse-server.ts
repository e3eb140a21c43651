import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { type AcceptorOptions, acceptAssociation } from "./accept-association.ts";
import { usualLimits } from "./association/limits.ts";
import type { DimseSession } from "./dimse/dimse-session.ts";

/** How to listen; limits are the usual ones where they are absent. */
export interface DimseServerOptions
  extends Omit<AcceptorOptions, "maxPduLength" | "artimTimeoutMs" | "idleTimeoutMs" | "isFull"> {
  /** Address to listen on: the loopback one alone, unless it is said otherwise. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Associations at once; more are refused for the moment (PS3.8 table 9-21: local limit exceeded). */
  readonly maxAssociations?: number;
  readonly maxPduLength?: number;
  readonly artimTimeoutMs?: number;
  readonly idleTimeoutMs?: number;
  /** Key and certificate for encrypted connections, which are then the only ones; `requestCert` and `ca` ask for the peer's. */
  readonly tls?: TlsOptions;
}

/** A listening acceptor. */
export interface DimseServer {
  readonly port: number;
  /** Connections that are open now. */
  connectionCount(): number;
  /**
   * Stops: takes no new connection, lets each association end the operation it is at, and releases it.
   *
   * @param graceMs after which what is still open is aborted
   */
  close(graceMs: number): Promise<void>;
}

const usualMostAssociations = 256;

/** Connections beyond the associations that are heard out, so that they are told that there are too many. */
const connectionsToRefuse = 64;

/** Listens for associations (PS3.8 section 9.1) and answers them by its handlers. @throws Error of Node where it cannot listen */
export function startDimseServer(options: DimseServerOptions): Promise<DimseServer> {
  const maxAssociations = options.maxAssociations ?? usualMostAssociations;
  const sessions = new Set<DimseSession>();
  const sockets = new Set<Socket>();
  const acceptor: AcceptorOptions = {
    ...usualLimits,
    ...options,
    isFull: () => [...sessions].filter(({ hasAgreement }) => hasAgreement).length >= maxAssociations,
  };
  const take = (socket: Socket): void => {
    const session = acceptAssociation(socket, acceptor);
    sessions.add(session);
    void session.ended.then(() => sessions.delete(session));
  };
  const server =
    options.tls === undefined
      ? createServer(take)
      : createTlsServer({ handshakeTimeout: acceptor.artimTimeoutMs, ...options.tls }, take);
  // Node tells of a handshake that failed or took too long, and leaves its connection open.
  server.on("tlsClientError", (error: Error, socket: Socket) => {
    socket.destroy();
    options.onEvent?.({ kind: "failed", error });
  });
  server.maxConnections = maxAssociations + connectionsToRefuse;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    // After it listens an error is of one connection that could not be taken, and the others go on.
    server.on("error", (error) => {
      options.onEvent?.({ kind: "failed", error });
      reject(error);
    });
    server.listen({ host: options.host ?? "127.0.0.1", port: options.port }, () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : options.port,
        connectionCount: () => sockets.size,
        close: (graceMs) => stop(server, { sessions, sockets, graceMs }),
      });
    });
  });
}

async function stop(
  server: Server,
  open: {
    readonly sessions: ReadonlySet<DimseSession>;
    readonly sockets: ReadonlySet<Socket>;
    readonly graceMs: number;
  },
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const session of open.sessions) {
    if (session.hasAgreement) void session.idle().then(() => session.layer.release());
    else session.layer.disconnect();
  }
  const timer = setTimeout(() => {
    for (const socket of open.sockets) socket.destroy();
  }, open.graceMs);
  await closed;
  clearTimeout(timer);
}
