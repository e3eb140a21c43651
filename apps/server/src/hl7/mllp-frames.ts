/** What comes out of a stream of bytes: a whole message, one that is too long, or bytes that are in no message. */
export type MllpFrame =
  | { readonly kind: "message"; readonly bytes: Buffer }
  | { readonly kind: "too-long" }
  | { readonly kind: "stray" };

/** Cuts a stream into messages. */
export interface MllpFrames {
  /** What a further chunk completes. */
  push(chunk: Buffer): readonly MllpFrame[];
  /** Whether a message has begun and not ended. */
  isInside(): boolean;
}

/** Start block and end block characters (HL7 v2 MLLP, transport specification release 2): VT, and FS before CR. */
export const startBlock = 0x0b;
export const endBlock = 0x1c;
const blank: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x20]);

/**
 * Reads the Minimal Lower Layer Protocol. A message ends with FS; the CR that belongs behind it is one of the blanks that may
 * stand between messages, as line ends do that some senders add.
 *
 * @param maxBytes longest message; after a longer one, or after bytes in no message, nothing more is read
 */
export function createMllpFrames(maxBytes: number): MllpFrames {
  let parts: Buffer[] | undefined;
  let length = 0;
  let isBroken = false;
  const broken = (kind: "too-long" | "stray"): MllpFrame => {
    isBroken = true;
    parts = undefined;
    return { kind };
  };
  const push = (chunk: Buffer): readonly MllpFrame[] => {
    const frames: MllpFrame[] = [];
    let at = 0;
    while (at < chunk.length && !isBroken) {
      if (parts === undefined) {
        if (chunk[at] === startBlock) {
          parts = [];
          length = 0;
        } else if (!blank.has(chunk[at] ?? 0)) frames.push(broken("stray"));
        at += 1;
        continue;
      }
      const end = chunk.indexOf(endBlock, at);
      const part = chunk.subarray(at, end < 0 ? chunk.length : end);
      length += part.length;
      if (length > maxBytes) {
        frames.push(broken("too-long"));
        break;
      }
      parts.push(part);
      at += part.length + 1;
      if (end < 0) break;
      frames.push({ kind: "message", bytes: Buffer.concat(parts) });
      parts = undefined;
    }
    return frames;
  };
  return { push, isInside: () => parts !== undefined };
}
