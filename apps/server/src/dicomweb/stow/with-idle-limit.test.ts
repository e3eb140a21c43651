import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { withIdleLimit } from "./with-idle-limit.ts";

async function* every(milliseconds: number, pieceBytes: number, pieces: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece++) {
    await wait(milliseconds);
    yield new Uint8Array(pieceBytes);
  }
}

async function received(source: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of withIdleLimit(source, 5, { windowSeconds: 0.1, bytes: 100 })) bytes += piece.length;
  return bytes;
}

it("gives up a sender that is never silent and brings next to nothing", async () => {
  // 1 byte in 10 ms is a tenth of what the window asks for.
  await expect(received(every(10, 1, 1000))).rejects.toMatchObject({ code: "body-too-slow" });
});

it("waits for a slow and honest sender to its end", async () => {
  // 100 bytes in 10 ms, ten times what is asked for: also where the machine is busy and a piece takes 50 ms.
  expect(await received(every(10, 100, 50))).toBe(5000);
});

it("does not count what is done with the bytes", async () => {
  let bytes = 0;
  for await (const piece of withIdleLimit(every(1, 1, 5), 5, { windowSeconds: 0.5, bytes: 100 })) {
    await wait(150);
    bytes += piece.length;
  }
  expect(bytes).toBe(5);
});
