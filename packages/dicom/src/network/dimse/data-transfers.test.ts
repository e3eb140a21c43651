import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PduParser } from "../pdu/pdu-parser.ts";
import { dataTransfers, fragmentLength } from "./data-transfers.ts";
import type { ReceivedMessage } from "./message.ts";
import { MessageAssembler } from "./message-assembler.ts";

const command = { commandField: 1, messageId: 7, affectedSopInstanceUid: "1.2.3" };

async function collected(data: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of data) bytes.push(...chunk);
  return bytes;
}

describe("a message in P-DATA-TF PDUs", () => {
  it("arrives as it was sent, in PDUs no longer than the peer takes, the last fragment alone marked last", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
        fc.integer({ min: 128, max: 700 }),
        async (data, maxPduLength) => {
          const messages: ReceivedMessage[] = [];
          const assembler = new MessageAssembler((message) => {
            messages.push(message);
            return undefined;
          });
          const parser = new PduParser(maxPduLength);
          const lastFlags: boolean[] = [];
          for await (const pieces of dataTransfers({ contextId: 9, command, data }, fragmentLength(maxPduLength))) {
            for (const piece of pieces) parser.append(piece);
            for (let pdu = parser.next(); pdu !== undefined; pdu = parser.next()) {
              if (pdu.type !== "p-data") throw new Error(pdu.type);
              lastFlags.push(...pdu.values.filter(({ isCommand }) => !isCommand).map(({ isLast }) => isLast));
              expect(pdu.values.every(({ isLast, bytes }) => isLast || bytes.length % 2 === 0)).toBe(true);
              assembler.take(pdu.values);
            }
          }
          expect(messages).toHaveLength(1);
          const [message] = messages;
          expect(message.contextId).toBe(9);
          expect(message.command).toEqual({ ...command, commandDataSetType: 1 });
          expect(await collected(message.data ?? (async function* () {})())).toEqual(
            data.flatMap((chunk) => [...chunk]),
          );
          expect(lastFlags.indexOf(true)).toBe(lastFlags.length - 1);
        },
      ),
    );
  });

  it.each([
    // 16384 less the six bytes of length, context and header (PS3.8 annex D.1.1).
    [16384, 16378],
    [16385, 16378],
    [0, 256 * 1024 - 6],
    [4_000_000_000, 256 * 1024 - 6],
    [8, 2],
  ])("for a peer that takes %i bytes has fragments of %i", (maxPduLength, longest) => {
    expect(fragmentLength(maxPduLength)).toBe(longest);
  });
});
