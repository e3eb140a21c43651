import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommandSet, decodeCommandSet, encodeCommandSet } from "./command-set.ts";

/** Elements of group 0000 in implicit VR little endian, from (element, value) pairs (PS3.7 section 6.3.1). */
function group(...elements: readonly (readonly [number, readonly number[]])[]): Uint8Array {
  return Uint8Array.from(
    elements.flatMap(([element, value]) => [0, 0, element & 0xff, element >>> 8, value.length, 0, 0, 0, ...value]),
  );
}

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

describe("a command set", () => {
  it("C-ECHO-RQ as PS3.7 table 9.3-12 lays it out", () => {
    // Verification is 17 characters, padded by a zero; 26 + 3 × 10 = 56 bytes follow the group length.
    const golden = group(
      [0x0000, [56, 0, 0, 0]],
      [0x0002, [...ascii("1.2.840.10008.1.1"), 0]],
      [0x0100, [0x30, 0]],
      [0x0110, [1, 0]],
      [0x0800, [0x01, 0x01]],
    );
    const command = { affectedSopClassUid: "1.2.840.10008.1.1", commandField: 0x30, messageId: 1 };
    expect(encodeCommandSet(command, false)).toEqual(golden);
    expect(decodeCommandSet(golden)).toEqual({ ...command, commandDataSetType: 0x101 });
  });

  it("C-MOVE-RSP with counts, a comment and elements at fault", () => {
    const command: CommandSet = {
      commandField: 0x8021,
      messageIdBeingRespondedTo: 65535,
      status: 0xb000,
      offendingElements: ["00080052", "7FE00010"],
      errorComment: "odd",
      remainingSubOperations: 1,
      completedSubOperations: 2,
      failedSubOperations: 3,
      warningSubOperations: 4,
    };
    const bytes = encodeCommandSet(command, true);
    expect(bytes.length % 2).toBe(0);
    expect(decodeCommandSet(bytes)).toEqual({ ...command, commandDataSetType: 1 });
    // AT is two numbers of 16 bits, group first (PS3.5 section 6.2): 0052 0008 would be the tag the other way round.
    const at = bytes.findIndex((byte, i) => byte === 0x01 && bytes[i + 1] === 0x09 && bytes[i - 1] === 0);
    expect([...bytes.subarray(at + 6, at + 14)]).toEqual([0x08, 0, 0x52, 0, 0xe0, 0x7f, 0x10, 0]);
  });

  it("writes a comment in one line of the default repertoire, 64 characters at most", () => {
    const { errorComment } = decodeCommandSet(
      encodeCommandSet({ commandField: 0x8001, errorComment: `Échec\n山 a\\b ${"x".repeat(80)}` }, false),
    );
    expect(errorComment).toBe(`Echec?? a?b ${"x".repeat(52)}`);
  });

  it("passes over elements that it does not know, and those without a value", () => {
    const bytes = group([0x0001, [1, 0, 0, 0]], [0x0100, [0x30, 0]], [0x0110, []], [0x0800, [1, 1]], [0x5110, [9, 9]]);
    expect(decodeCommandSet(bytes)).toEqual({ commandField: 0x30, commandDataSetType: 0x101 });
  });

  it("reads what it writes, for every value of its elements", () => {
    const uint16 = fc.integer({ min: 0, max: 0xffff });
    const uid = fc.stringMatching(/^[0-9.]{1,64}$/);
    const title = fc.stringMatching(/^[A-Z0-9_]{1,16}$/);
    const commands = fc.record(
      { commandField: uint16, messageId: uint16, status: uint16, affectedSopInstanceUid: uid, moveDestination: title },
      { requiredKeys: ["commandField"] },
    );
    fc.assert(
      fc.property(commands, fc.boolean(), (command, hasDataSet) => {
        const read = decodeCommandSet(encodeCommandSet(command, hasDataSet));
        expect(read).toEqual({ ...command, commandDataSetType: hasDataSet ? 1 : 0x101 });
      }),
    );
  });

  it("that is none is refused, whatever it holds", () => {
    const isMalformed = expect.objectContaining({ code: "dimse-malformed" });
    const command = group([0x0100, [0x30, 0]], [0x0800, [1, 1]]);
    for (const bytes of [
      new Uint8Array(0),
      group([0x0100, [0x30, 0]]),
      command.subarray(0, command.length - 1),
      // A data set where a command must stand: group 0008.
      Uint8Array.from(command, (byte, i) => (i === 0 ? 8 : byte)),
    ]) {
      expect(() => decodeCommandSet(bytes)).toThrow(isMalformed);
    }
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.constant(command)), fc.nat(30), (bytes, at) => {
        const changed = bytes.slice();
        if (at < changed.length) changed[at] ^= 0xff;
        try {
          decodeCommandSet(changed);
        } catch (thrown) {
          expect(thrown).toEqual(isMalformed);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
