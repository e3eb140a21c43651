import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataTransferHeader, encodePdu } from "./encode-pdu.ts";
import type { AssociateAccept, AssociateRequest, Pdu, UserInformation } from "./pdu.ts";
import { PduError } from "./pdu-error.ts";
import { PduParser } from "./pdu-parser.ts";

/** Bytes from hexadecimal digits and 'text' in quotes, as the standard's tables lay fields out; after "|" stands a remark. */
function bytesOf(layout: string): Uint8Array {
  const fields = layout.replace(/\|.*$/gm, "").match(/'[^']*'|[0-9A-F]{2}/g) ?? [];
  return Uint8Array.from(
    fields.flatMap((field) =>
      field.startsWith("'")
        ? [...field.slice(1, -1)].map((letter) => letter.charCodeAt(0))
        : [Number.parseInt(field, 16)],
    ),
  );
}

const zeros32 = "00 ".repeat(32);

/** PS3.8 table 9-11 and its items, PS3.7 annex D.3.3 for the user information; each length is the sum of what follows it. */
const requestBytes = bytesOf(`
  01 00 0000010F                              | 271 = 68 + 25 + 73 + 105
  0001 0000                                   | protocol version, reserved
  'ARCHIVE         ' 'CT1             '       | called, calling AE title
  ${zeros32}
  10 00 0015 '1.2.840.10008.3.1.1.1'          | application context
  20 00 0045 01 00 00 00                      | presentation context 1: 69 = 4 + 21 + 21 + 23
    30 00 0011 '1.2.840.10008.1.1'            | abstract syntax
    40 00 0011 '1.2.840.10008.1.2'            | transfer syntaxes
    40 00 0013 '1.2.840.10008.1.2.1'
  50 00 0065                                  | user information: 101 = 8 + 7 + 8 + 19 + 6 + 11 + 23 + 19
    51 00 0004 00004000                       | maximum length 16384
    52 00 0003 '1.2'                          | implementation class
    53 00 0004 0000 0001                      | asynchronous operations: invoked, performed
    54 00 000F 000B '1.2.840.1.1' 00 01       | roles: SCU, SCP
    55 00 0002 'V1'                           | implementation version
    56 00 0007 0003 '1.3' 01 00               | extended negotiation
    57 00 0013 0003 '1.4' 0003 '4.2' 0007 0005 '1.5.6'
    58 00 000F 02 01 0004 'anne' 0005 'entry' | user identity: type, response asked for
`);

const request: AssociateRequest = {
  type: "associate-rq",
  protocolVersion: 1,
  calledAeTitle: "ARCHIVE",
  callingAeTitle: "CT1",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [
    {
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"],
    },
  ],
  user: {
    maxPduLength: 16384,
    implementationClassUid: "1.2",
    implementationVersionName: "V1",
    asynchronousOperations: { invoked: 0, performed: 1 },
    roles: [{ sopClassUid: "1.2.840.1.1", isScu: false, isScp: true }],
    extended: [{ sopClassUid: "1.3", information: Uint8Array.of(1, 0) }],
    commonExtended: [{ sopClassUid: "1.4", serviceClassUid: "4.2", relatedGeneralSopClassUids: ["1.5.6"] }],
    identity: { type: 2, asksForResponse: true, primary: bytesOf("'anne'"), secondary: bytesOf("'entry'") },
  },
};

/** PS3.8 table 9-17. */
const acceptBytes = bytesOf(`
  02 00 000000B1                              | 177 = 68 + 25 + 29 + 25 + 30
  0001 0000
  'ARCHIVE         ' 'CT1             '
  ${zeros32}
  10 00 0015 '1.2.840.10008.3.1.1.1'
  21 00 0019 01 00 00 00                      | context 1 accepted: 25 = 4 + 21
    40 00 0011 '1.2.840.10008.1.2'
  21 00 0015 03 00 03 00                      | context 3: abstract syntax not supported: 21 = 4 + 17
    40 00 000D '1.2.840.10008'
  50 00 001A                                  | 26 = 8 + 7 + 11
    51 00 0004 00000000
    52 00 0003 '1.2'
    59 00 0007 0005 'token'                   | user identity: server response
`);

const accept: AssociateAccept = {
  type: "associate-ac",
  protocolVersion: 1,
  calledAeTitle: "ARCHIVE",
  callingAeTitle: "CT1",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [
    { id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" },
    { id: 3, result: 3, transferSyntax: "1.2.840.10008" },
  ],
  user: {
    maxPduLength: 0,
    implementationClassUid: "1.2",
    roles: [],
    extended: [],
    commonExtended: [],
    identityResponse: bytesOf("'token'"),
  },
};

/** PS3.8 tables 9-21, 9-24, 9-25, 9-26. */
const shortPdus: readonly (readonly [string, Exclude<Pdu, { type: "p-data" }>])[] = [
  ["03 00 00000004 00 01 01 07", { type: "associate-rj", result: 1, source: 1, reason: 7 }],
  ["05 00 00000004 00000000", { type: "release-rq" }],
  ["06 00 00000004 00000000", { type: "release-rp" }],
  ["07 00 00000004 00 00 02 06", { type: "abort", source: 2, reason: 6 }],
];

/** PS3.8 table 9-22 and annex E.2: two values, the first a command that goes on, the second the last of a data set. */
const dataBytes = bytesOf(`
  04 00 0000000F                              | 15 = (4 + 5) + (4 + 2)
  00000005 01 01 AABBCC                       | context 1, command
  00000002 03 02                              | context 3, last of the data set
`);

const maxDataLength = 4096;

/** All PDUs of a stream that comes in chunks. */
function parse(...chunks: readonly Uint8Array[]): readonly Pdu[] {
  const parser = new PduParser(maxDataLength);
  const pdus: Pdu[] = [];
  for (const chunk of chunks) {
    parser.append(chunk);
    for (let pdu = parser.next(); pdu !== undefined; pdu = parser.next()) pdus.push(pdu);
  }
  return pdus;
}

/** The abort reason that bytes are refused with. */
function refusalOf(bytes: Uint8Array): number {
  try {
    parse(bytes);
  } catch (thrown) {
    if (thrown instanceof PduError) return thrown.abortReason;
    throw thrown;
  }
  throw new Error("the bytes were not refused");
}

/** A copy of bytes with some of them changed. */
function changed(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe("PDUs by the standard's tables", () => {
  it("A-ASSOCIATE-RQ with every sub-item", () => {
    expect(encodePdu(request)).toEqual(requestBytes);
    expect(parse(requestBytes)).toEqual([request]);
  });

  it("A-ASSOCIATE-AC", () => {
    expect(encodePdu(accept)).toEqual(acceptBytes);
    expect(parse(acceptBytes)).toEqual([accept]);
  });

  it.each(shortPdus)("%s", (layout, pdu) => {
    expect(encodePdu(pdu)).toEqual(bytesOf(layout));
    expect(parse(bytesOf(layout))).toEqual([pdu]);
  });

  it("P-DATA-TF", () => {
    expect(parse(dataBytes)).toEqual([
      {
        type: "p-data",
        values: [
          { contextId: 1, isCommand: true, isLast: false, bytes: Uint8Array.of(0xaa, 0xbb, 0xcc) },
          { contextId: 3, isCommand: false, isLast: true, bytes: new Uint8Array(0) },
        ],
      },
    ]);
    const header = dataTransferHeader({ contextId: 5, isCommand: false, isLast: true, length: 10 });
    // The PDU counts the value's length, context and header: 10 + 6; the value its context and header: 10 + 2.
    expect(header).toEqual(bytesOf("04 00 00000010 0000000C 05 02"));
  });

  it("come out the same however the stream is cut", () => {
    const stream = Uint8Array.from([
      ...requestBytes,
      ...dataBytes,
      ...acceptBytes,
      ...bytesOf("05 00 00000004 00000000"),
    ]);
    const whole = parse(stream);
    expect(whole.map(({ type }) => type)).toEqual(["associate-rq", "p-data", "associate-ac", "release-rq"]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 40 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = places.slice(1).map((end, i) => stream.slice(places[i], end));
        expect(parse(...chunks)).toEqual(whole);
      }),
    );
  });
});

describe("tolerance", () => {
  it("passes over items and sub-items that it does not know (PS3.8 section 9.3.1)", () => {
    const unknown = bytesOf("7F 00 0002 0000");
    const longer = Uint8Array.from([...requestBytes, ...unknown]);
    expect(parse(changed(longer, 2, 0, 0, 0x01, 0x15))).toEqual([request]);
  });

  it("takes UIDs that are padded, and AE titles padded with zeros", () => {
    const padded = changed(requestBytes, 10, ...bytesOf("'ARCHIVE' 000000000000000000"));
    expect(parse(padded)).toEqual([request]);
    // The class of sub-item 52 takes one more byte, a zero, as its item, the user information and the PDU do.
    const at = 6 + 68 + 25 + 73 + 4 + 8;
    const uid = [...bytesOf("52 00 0004 '1.2' 00")];
    const longer = Uint8Array.from([...requestBytes.slice(0, at), ...uid, ...requestBytes.slice(at + 7)]);
    expect(parse(changed(changed(longer, at - 9, 0x66), 4, 0x01, 0x10))).toEqual([request]);
  });
});

describe("refusals, by the reason of PS3.8 table 9-26", () => {
  it.each<[string, Uint8Array, number]>([
    ["a type that is none, at its first byte", Uint8Array.of(0x47), 1],
    ["type 0", Uint8Array.of(0), 1],
    ["a P-DATA-TF longer than announced", bytesOf("04 00 00001001"), 6],
    ["a P-DATA-TF of 4 GB", bytesOf("04 00 FFFFFFFF"), 6],
    ["an A-ASSOCIATE-RQ of 16 MB", bytesOf("01 00 01000000"), 6],
    ["an A-ABORT of five bytes", bytesOf("07 00 00000005 00 00 00 00 00"), 6],
    ["an A-RELEASE-RQ without its four bytes", bytesOf("05 00 00000000"), 6],
    ["a P-DATA-TF without a value", bytesOf("04 00 00000000"), 6],
    ["a value that ends after the PDU", bytesOf("04 00 00000006 00000005 01 03"), 6],
    ["a value without context", bytesOf("04 00 00000005 00000001 01"), 6],
    ["a request that ends in its titles", bytesOf("01 00 00000004 0001 0000"), 6],
    // The context's length is at 6 + 68 + 25 + 2, its id two bytes on.
    ["an item that ends after the PDU", changed(requestBytes, 101, 0xff, 0xff), 6],
    ["an even presentation context id", changed(requestBytes, 103, 2), 6],
    // A second application context where the presentation context was.
    ["an application context twice", changed(requestBytes, 99, 0x10), 5],
    ["no user information", changed(requestBytes, 6 + 68 + 25 + 73, 0x60), 6],
    ["no presentation context", changed(requestBytes, 99, 0x2f), 6],
    ["a context result of 9", changed(acceptBytes, 6 + 68 + 25 + 6, 9), 6],
  ])("%s", (_, bytes, reason) => {
    expect(refusalOf(bytes)).toBe(reason);
  });
});

describe("hostile streams", () => {
  const seeds = [requestBytes, acceptBytes, dataBytes, bytesOf("07 00 00000004 00000000")];
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      fc.nat(400),
    )
    .map(([seed, edits, length]) => {
      const bytes = seed.slice(0, Math.max(1, Math.min(length, seed.length)));
      for (const [at, value] of edits) bytes[at % bytes.length] = value;
      return bytes;
    });

  it("end in PDUs, in waiting, or in a PduError, and within their time", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), { maxLength: 6 }), (chunks) => {
        try {
          parse(...chunks);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PduError);
        }
      }),
      { numRuns: 5000, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
    );
  });

  it("cost no more memory than the longest PDU, and no more time than their length, byte by byte", () => {
    const parser = new PduParser(131_072);
    const start = performance.now();
    const pdu = Uint8Array.from([...bytesOf("04 00 00020000 0001FFFC 01 02"), ...new Uint8Array(131_066)]);
    let count = 0;
    for (const byte of pdu) {
      parser.append(Uint8Array.of(byte));
      if (parser.next() !== undefined) count++;
    }
    expect(count).toBe(1);
    // 131 078 steps of constant cost take some 50 ms; copying what came before at each would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("with as many role items as fit cost little time", () => {
    const role = bytesOf("54 00 0004 0000 01 01");
    const count = Math.floor((65_535 - 8) / role.length);
    const user = [...bytesOf("51 00 0004 00000000"), ...Array.from({ length: count }, () => [...role]).flat()];
    const head = requestBytes.slice(0, 6 + 68 + 25 + 73);
    const item = [0x50, 0, user.length >>> 8, user.length & 0xff, ...user];
    const bytes = Uint8Array.from([...head, ...item]);
    new DataView(bytes.buffer).setUint32(2, bytes.length - 6);
    const start = performance.now();
    const [pdu] = parse(bytes);
    const roles: UserInformation["roles"] = pdu?.type === "associate-rq" ? pdu.user.roles : [];
    expect(roles).toHaveLength(count);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
