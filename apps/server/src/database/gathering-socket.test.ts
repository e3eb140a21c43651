import { createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { gatheringSocket } from "./gathering-socket.ts";

const server = createServer();
let socket: Socket | undefined;
afterEach(async () => {
  socket?.destroy();
  await new Promise((resolve) => server.close(resolve));
});

it("sends together what is written before the program waits, and all of it", async () => {
  const received = Promise.withResolvers<string>();
  server.on("connection", (peer) => {
    let text = "";
    peer.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (text.endsWith("d")) received.resolve(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const opened = gatheringSocket();
  socket = opened;
  await new Promise<void>((resolve) => {
    opened.connect(typeof address === "object" && address !== null ? address.port : 0, "127.0.0.1", resolve);
  });
  opened.write("a");
  await Promise.resolve();
  opened.write("b");
  expect(opened.writableLength).toBe(2);
  await new Promise((resolve) => setImmediate(resolve));
  expect(opened.writableLength).toBe(0);
  opened.write("c");
  opened.write("d");
  expect(await received.promise).toBe("abcd");
});
