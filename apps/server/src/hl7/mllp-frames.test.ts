import fc from "fast-check";
import { expect, test } from "vitest";
import { createMllpFrames, endBlock, startBlock } from "./mllp-frames.ts";

const most = 1000;
/** Bytes of a message: none of them ends one. */
const message = fc
  .uint8Array({ maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).map((byte) => (byte === endBlock ? 0 : byte)));

function framed(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(startBlock), bytes, Buffer.of(endBlock, 0x0d)]);
}

test("messages come out as they went in, however the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat({ max: 500 })), (messages, cuts) => {
      const stream = Buffer.concat(messages.map(framed));
      const places = [0, ...cuts.map((cut) => Math.min(cut, stream.length)), stream.length].sort((a, b) => a - b);
      const frames = createMllpFrames(most);
      const found = places.slice(1).flatMap((end, at) => frames.push(stream.subarray(places[at], end)));
      expect(found.map((frame) => (frame.kind === "message" ? [...frame.bytes] : frame.kind))).toEqual(
        messages.map((bytes) => [...bytes]),
      );
      expect(frames.isInside()).toBe(false);
    }),
  );
});

test("a message of the longest length is taken, one byte more is not, and nothing after it", () => {
  const frames = createMllpFrames(most);
  expect(frames.push(framed(Buffer.alloc(most, 65)))).toMatchObject([{ kind: "message" }]);
  expect(frames.push(Buffer.concat([Buffer.of(startBlock), Buffer.alloc(most, 65)]))).toEqual([]);
  expect(frames.isInside()).toBe(true);
  expect(frames.push(Buffer.of(65))).toEqual([{ kind: "too-long" }]);
  expect(frames.push(framed(Buffer.from("A")))).toEqual([]);
});

test("line ends may stand between messages, other bytes may not", () => {
  expect(createMllpFrames(most).push(Buffer.from("\r\n \n"))).toEqual([]);
  expect(createMllpFrames(most).push(Buffer.from("\r\nMSH|"))).toEqual([{ kind: "stray" }]);
});
