import { connect } from "node:net";

/** A sender of messages that knows nothing of the receiver's code: bytes out, bytes in. */
export interface Hl7Sender {
  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void;
  /** The next answer, without its frame; `undefined` where the receiver ended the connection. */
  answer(): Promise<Buffer | undefined>;
  /** Frames a message, sends it and waits for its answer. */
  send(message: string, encoding?: BufferEncoding): Promise<string>;
  end(): void;
}

/** Connects on the loopback address. */
export async function openHl7Sender(port: number): Promise<Hl7Sender> {
  const socket = connect({ port, host: "127.0.0.1" });
  let received = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => {};
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    isOver = true;
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  const answer = async (): Promise<Buffer | undefined> => {
    for (;;) {
      const end = received.indexOf(Buffer.of(0x1c, 0x0d));
      if (end >= 0) {
        if (received[0] !== 0x0b) throw new Error("an answer begins with VT");
        const message = received.subarray(1, end);
        received = received.subarray(end + 2);
        return message;
      }
      if (isOver) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    write: (bytes) => socket.write(bytes),
    answer,
    send: async (message, encoding = "latin1") => {
      socket.write(Buffer.concat([Buffer.of(0x0b), Buffer.from(message, encoding), Buffer.of(0x1c, 0x0d)]));
      return (await answer())?.toString(encoding) ?? "";
    },
    end: () => socket.end(),
  };
}
