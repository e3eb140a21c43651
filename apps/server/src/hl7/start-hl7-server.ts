import { createServer, type Socket } from "node:net";
import { acknowledgment, answerMessage, type OrderPlace } from "./answer-message.ts";
import { Hl7Error } from "./hl7-error.ts";
import { createMllpFrames, endBlock, type MllpFrame, startBlock } from "./mllp-frames.ts";

/** How to listen, and how patiently. */
export interface Hl7ServerOptions extends OrderPlace {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly limits?: Partial<Hl7Limits>;
}

/** What one sender may cost. */
export interface Hl7Limits {
  /** Longest message, bytes. */
  readonly maxMessageBytes: number;
  /** From a message's first byte to its last, milliseconds. */
  readonly messageMs: number;
  /** Without a byte in either direction, milliseconds: senders keep a connection between orders. */
  readonly idleMs: number;
  readonly maxConnections: number;
}

/** Orders are a few kilobytes; a department's interface engine keeps one connection, or a few. */
const usualLimits: Hl7Limits = {
  maxMessageBytes: 1024 ** 2,
  messageMs: 30_000,
  idleMs: 600_000,
  maxConnections: 64,
};

/** How long a message under way, and a peer that does not read its answer, may keep the server from ending. */
const graceMs = 10_000;

/** A listening receiver of orders. */
export interface Hl7Server {
  readonly port: number;
  /** Takes nothing new, answers what it is at, and ends every connection. */
  close(): Promise<void>;
}

/** Receives orders (HL7 v2 over MLLP), one after the other on each connection. @throws Error of Node where it cannot listen */
export function startHl7Server(options: Hl7ServerOptions): Promise<Hl7Server> {
  const limits = { ...usualLimits, ...options.limits };
  const connections = new Map<Socket, { readonly served: Promise<void>; readonly state: ConnectionState }>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const state: ConnectionState = { isBusy: false, isEnding: false };
    const served = serve(socket, { place: options, limits, state })
      .catch((error: unknown) => options.log.warn({ err: error }, "an HL7 connection broke"))
      .finally(() => {
        socket.destroy();
        connections.delete(socket);
      });
    connections.set(socket, { served, state });
  });
  server.maxConnections = limits.maxConnections;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.on("error", (error) => options.log.warn({ err: error }, "an HL7 connection could not be taken"));
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : options.port,
        close: async () => {
          const closed = new Promise<void>((done) => server.close(() => done()));
          for (const [socket, { state }] of connections) {
            state.isEnding = true;
            if (!state.isBusy) socket.destroy();
          }
          const cutOff = setTimeout(() => {
            for (const socket of connections.keys()) socket.destroy();
          }, graceMs);
          await Promise.all([...connections.values()].map(({ served }) => served));
          clearTimeout(cutOff);
          await closed;
        },
      });
    });
  });
}

interface ConnectionState {
  /** Whether a message is being done. */
  isBusy: boolean;
  isEnding: boolean;
}

interface Service {
  readonly place: OrderPlace;
  readonly limits: Hl7Limits;
  readonly state: ConnectionState;
}

/** Reads no further while a message is done and its answer is on its way: who sends faster waits. */
async function serve(socket: Socket, { place, limits, state }: Service): Promise<void> {
  const frames = createMllpFrames(limits.maxMessageBytes);
  const giveUp = (): void => {
    place.log.warn({ reason: "silent or slow" }, "an HL7 connection was ended");
    socket.destroy();
  };
  socket.setTimeout(limits.idleMs, giveUp);
  let unfinished: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      for (const frame of frames.push(chunk)) {
        clearTimeout(unfinished);
        unfinished = undefined;
        state.isBusy = true;
        const isOver = await answerFrame(socket, place, frame);
        state.isBusy = false;
        if (isOver || state.isEnding) return await finish(socket);
      }
      if (frames.isInside()) unfinished ??= setTimeout(giveUp, limits.messageMs);
    }
    await finish(socket);
  } catch (thrown) {
    // Who ends a connection without a word ends it.
    if (!socket.destroyed) throw thrown;
  } finally {
    clearTimeout(unfinished);
  }
}

/** @returns whether nothing more can be read from this connection */
async function answerFrame(socket: Socket, place: OrderPlace, frame: MllpFrame): Promise<boolean> {
  if (frame.kind === "message") {
    await write(socket, await answerMessage(place, frame.bytes));
    return false;
  }
  const reason = frame.kind === "too-long" ? "the message is too long" : "a message begins with VT (MLLP)";
  place.log.warn({ reason }, "an HL7 connection was ended");
  const failure = new Hl7Error("AR", 100, { location: "MSH", reason });
  await write(socket, Buffer.from(acknowledgment(undefined, { failure, characterSet: "", now: place.clock() })));
  return true;
}

/** How long a peer may take to close its side. */
const closingMs = 1000;

/** Ends our side and lets what still comes pass: a connection that is cut with bytes unread takes the last answer with it. */
async function finish(socket: Socket): Promise<void> {
  if (socket.closed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => socket.destroy(), closingMs);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.resume();
    socket.end();
  });
}

/** Settles when the bytes are handed to the network: a sender that reads no answers gets none further. */
function write(socket: Socket, message: Buffer): Promise<void> {
  const framed = Buffer.concat([Buffer.of(startBlock), message, Buffer.of(endBlock, 0x0d)]);
  return new Promise((resolve, reject) => {
    socket.write(framed, (error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}
