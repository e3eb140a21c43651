import { crc32, deflateRawSync } from "node:zlib";

/** An entry of a ZIP under test; what is not said is as it should be. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Size claimed in the directory, bytes. */
  readonly claimedSize?: number;
  readonly crc32?: number;
  readonly isEncrypted?: boolean;
  /** Whether the packed bytes are damaged. */
  readonly isDamaged?: boolean;
}

/** A ZIP of deflated entries (APPNOTE 4.3), each as honest as its part says. */
export function buildZip(parts: readonly ZipPart[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const packed = deflateRawSync(part.bytes);
    if (part.isDamaged === true) packed.fill(0xff, 0, 8);
    const name = Buffer.from(part.name);
    const fixed = fixedFields(part, { packedSize: packed.length, nameLength: name.length });
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fixed, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fixed, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const center = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(center.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, center, end]);
}

/** The 26 bytes that a local header and a directory entry share: version to file name and extra field length. */
function fixedFields(
  part: ZipPart,
  { packedSize, nameLength }: { readonly packedSize: number; readonly nameLength: number },
): Buffer {
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(20, 0);
  // Bit 11: the name is UTF-8; bit 0: encrypted.
  fixed.writeUInt16LE(0x800 + (part.isEncrypted === true ? 1 : 0), 2);
  fixed.writeUInt16LE(8, 4);
  fixed.writeUInt32LE(part.crc32 ?? crc32(part.bytes), 10);
  fixed.writeUInt32LE(packedSize, 14);
  fixed.writeUInt32LE(part.claimedSize ?? part.bytes.length, 18);
  fixed.writeUInt16LE(nameLength, 22);
  return fixed;
}
