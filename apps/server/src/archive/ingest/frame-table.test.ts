import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrameEntry, encodeFrameTable, type FramePlaces, frameEntryBytes, joinItems } from "./frame-table.ts";

/** Fragments of some frames as they lie one after the other in a file, each behind the 8 bytes of its item header. */
const fragmentBytes = fc.array(fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 4 }), {
  maxLength: 6,
});

function layOut(frames: readonly (readonly Uint8Array[])[]): {
  readonly file: Uint8Array;
  readonly places: FramePlaces;
} {
  const pieces: Uint8Array[] = [];
  let at = 0;
  const places = frames.map((fragments) =>
    fragments.map((bytes) => {
      const header = new DataView(new ArrayBuffer(8));
      header.setUint32(0, 0xe000fffe, true);
      header.setUint32(4, bytes.length, true);
      pieces.push(new Uint8Array(header.buffer), bytes);
      at += 8 + bytes.length;
      return { offset: at - bytes.length, length: bytes.length };
    }),
  );
  return { file: Buffer.concat(pieces), places };
}

describe("the table of frames", () => {
  it("leads to each frame's bytes, of one fragment or several", () => {
    fc.assert(
      fc.property(fragmentBytes, (frames) => {
        const { file, places } = layOut(frames);
        const table = encodeFrameTable(places);
        expect(table.length).toBe(frames.length * frameEntryBytes);
        frames.forEach((fragments, index) => {
          const { offset, length, isInItems } = decodeFrameEntry(table.subarray(index * frameEntryBytes));
          const bytes = file.subarray(offset, offset + length);
          expect(isInItems).toBe(fragments.length > 1);
          expect(new Uint8Array(isInItems ? joinItems(bytes) : bytes)).toEqual(
            new Uint8Array(Buffer.concat(fragments)),
          );
        });
      }),
    );
  });

  it("holds places beyond 4 GiB", () => {
    const place = { offset: 5 * 2 ** 40 + 1, length: 3 * 2 ** 33 + 5 };
    expect(decodeFrameEntry(encodeFrameTable([[place]]))).toEqual({ ...place, isInItems: false });
  });
});
