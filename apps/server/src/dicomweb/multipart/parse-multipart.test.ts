import { EtalonError } from "@etalon/base";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MultipartLimits, parseMultipart } from "./parse-multipart.ts";

const limits: MultipartLimits = { maxPartBytes: 1e6, maxBodyBytes: 1e7, maxParts: 100 };

/** The text in pieces of these lengths, used again and again; one piece where there is none. */
async function* inPieces(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

interface Read {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function readParts(
  body: string | Buffer,
  { boundary = "b", lengths = [] as readonly number[], limit = limits } = {},
): Promise<readonly Read[]> {
  const bytes = typeof body === "string" ? Buffer.from(body, "latin1") : body;
  const parts: Read[] = [];
  for await (const part of parseMultipart(inPieces(bytes, lengths), boundary, limit)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of part.body) pieces.push(piece);
    parts.push({ headers: Object.fromEntries(part.headers), body: Buffer.concat(pieces).toString("latin1") });
  }
  return parts;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof EtalonError)) throw new Error(`no EtalonError: ${String(thrown)}`);
  return thrown.code;
}

describe("parseMultipart", () => {
  it("reads parts with and without header fields, between a preamble and an epilogue", async () => {
    const body =
      "hello\r\n--b\r\nContent-Type: application/dicom\r\nX: 1\r\n 2\r\n\r\nfirst\r\n--b \t\r\n\r\nsecond\r\n--b--\r\nbye";
    expect(await readParts(body)).toEqual([
      { headers: { "content-type": "application/dicom", x: "1 2" }, body: "first" },
      { headers: {}, body: "second" },
    ]);
  });

  it.each([
    ["no part", "--b--", []],
    ["an empty part", "--b\r\n\r\n\r\n--b--", [""]],
    ["an empty part whose delimiter shares the line end", "--b\r\nX: 1\r\n\r\n--b--", [""]],
    ["a boundary that goes on is content", "--b\r\n\r\n1\r\n--bc\r\n2\r\n--b--", ["1\r\n--bc\r\n2"]],
    ["a boundary without line end is content", "--b\r\n\r\n1\n--b\n2\r\n--b--", ["1\n--b\n2"]],
    ["line ends of LF alone", "--b\nX: 1\n\n1\r\n2\n--b\n\n3\n--b--\n", ["1\r\n2", "3"]],
    ["a part that looks like a boundary at its start", "--b\r\n\r\n--bx\r\n--b--", ["--bx"]],
    ["binary with CR and dashes", "--b\r\n\r\n\r\r\n-\r\n--\r\n--\r\r\n--b--", ["\r\r\n-\r\n--\r\n--\r"]],
  ])("%s", async (_, body, expected) => {
    expect((await readParts(body)).map((part) => part.body)).toEqual(expected);
    expect((await readParts(body, { lengths: [1] })).map((part) => part.body)).toEqual(expected);
  });

  it("skips what is left of a part that nobody read", async () => {
    const body = Buffer.from("--b\r\n\r\nfirst\r\n--b\r\nX: 2\r\n\r\nsecond\r\n--b--", "latin1");
    const names: (string | undefined)[] = [];
    for await (const part of parseMultipart(inPieces(body, [3]), "b", limits)) names.push(part.headers.get("x"));
    expect(names).toEqual([undefined, "2"]);
  });

  it.each([
    ["another boundary", "--c\r\n\r\n1\r\n--c--", "body-malformed"],
    ["nothing", "", "body-malformed"],
    ["half a boundary", "--", "body-malformed"],
    ["a preamble without end", "x".repeat(70_000), "body-malformed"],
    ["a header line without a name", "--b\r\nnothing\r\n\r\n1\r\n--b--", "body-malformed"],
    ["a header without end", `--b\r\nX: ${"x".repeat(20_000)}`, "body-malformed"],
    ["too many header fields", `--b\r\n${"X: 1\r\n".repeat(65)}\r\n--b--`, "body-malformed"],
    ["an end inside the header", "--b\r\nX: 1\r\n", "body-truncated"],
    ["an end inside a part", "--b\r\n\r\n12", "body-truncated"],
    ["an end inside the closing boundary", "--b\r\n\r\n12\r\n--b", "body-truncated"],
    ["an end after one of two dashes", "--b\r\n\r\n12\r\n--b-", "body-truncated"],
  ])("refuses %s", async (_, body, code) => {
    expect(await codeOf(readParts(body))).toBe(code);
    expect(await codeOf(readParts(body, { lengths: [1] }))).toBe(code);
  });

  it("refuses what is larger than its limits", async () => {
    const body = "--b\r\n\r\n12345\r\n--b\r\n\r\n6\r\n--b--";
    expect(await codeOf(readParts(body, { limit: { ...limits, maxPartBytes: 4 } }))).toBe("body-too-large");
    expect(await codeOf(readParts(body, { limit: { ...limits, maxBodyBytes: 20 }, lengths: [1] }))).toBe(
      "body-too-large",
    );
    expect(await codeOf(readParts(body, { limit: { ...limits, maxParts: 1 } }))).toBe("body-malformed");
  });

  it("holds no more than a piece of a part in memory", async () => {
    const piece = Buffer.alloc(64 * 1024, 0x2d);
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("--b\r\n\r\n");
      for (let count = 0; count < 100; count++) yield piece;
      yield Buffer.from("\r\n--b--");
    }
    let largest = 0;
    let total = 0;
    for await (const part of parseMultipart(body(), "b", { ...limits, maxPartBytes: 1e8, maxBodyBytes: 1e8 }))
      for await (const bytes of part.body) {
        largest = Math.max(largest, bytes.length);
        total += bytes.length;
      }
    expect(total).toBe(100 * piece.length);
    expect(largest).toBeLessThan(2 * piece.length);
  });
});

describe("parseMultipart, whatever comes", () => {
  /** Text that is mostly made of what delimiters are made of. */
  const nearDelimiters = fc
    .array(fc.constantFrom("\r", "\n", "-", "--b", "\r\n--b", "b", "\r\n", " ", "x", "\0"), { maxLength: 40 })
    .map((pieces) => pieces.join(""));
  const pieceLengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });

  it("gives the parts that were written, however the stream is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }),
        pieceLengths,
        async (bodies, lengths) => {
          const boundary = "a-boundary'()+_,./:=?";
          const written = bodies.flatMap((body) => [
            Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
            Buffer.from(body),
            Buffer.from("\r\n"),
          ]);
          const read = await readParts(Buffer.concat([...written, Buffer.from(`--${boundary}--`)]), {
            boundary,
            lengths,
          });
          expect(read.map(({ body }) => body)).toEqual(bodies.map((body) => Buffer.from(body).toString("latin1")));
        },
      ),
    );
  });

  it("ends, in parts or in an error of its own, the same for every cut", async () => {
    const outcome = (body: string, lengths: readonly number[]): Promise<unknown> =>
      readParts(`--b\r\n${body}`, { lengths }).catch((error: unknown) => {
        expect(error).toBeInstanceOf(EtalonError);
        return error instanceof EtalonError ? error.code : "";
      });
    await fc.assert(
      fc.asyncProperty(nearDelimiters, pieceLengths, async (body, lengths) => {
        expect(await outcome(body, lengths)).toEqual(await outcome(body, []));
      }),
      { numRuns: 500 },
    );
  });
});
