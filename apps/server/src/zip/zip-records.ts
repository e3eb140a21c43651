/** A file of a ZIP as its directory names it. */
export interface ZipRecord {
  readonly name: Uint8Array;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** From here on a number needs 64 bits (APPNOTE.TXT 6.3.10, sections 4.3.9.2 and 4.4.1.4). */
const limit32 = 0xffffffff;
const limit16 = 0xffff;

/** Bit 3: the checksum follows the bytes, bit 11: names are UTF-8 (APPNOTE section 4.4.4). */
const flags = 0x0808;
/** UNIX, a plain file that its owner may write: the upper half of external attributes. */
const madeByUnix = 3 << 8;
const plainFile = 0o100644 * 0x10000;

/** Writes little-endian numbers one after the other. */
function record(sizeBytes: number) {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const writer = {
    bytes,
    u16: (value: number) => {
      view.setUint16(at, value, true);
      at += 2;
      return writer;
    },
    u32: (value: number) => {
      view.setUint32(at, value, true);
      at += 4;
      return writer;
    },
    u64: (value: number) => {
      view.setBigUint64(at, BigInt(value), true);
      at += 8;
      return writer;
    },
    raw: (value: Uint8Array) => {
      bytes.set(value, at);
      at += value.length;
      return writer;
    },
  };
  return writer;
}

function isLong(sizeBytes: number): boolean {
  return sizeBytes >= limit32;
}

/** Date and time of MS-DOS: two seconds exact, 1980 to 2107, here in UTC. */
function dosTime(when: Date): { readonly time: number; readonly date: number } {
  const year = Math.min(2107, Math.max(1980, when.getUTCFullYear())) - 1980;
  return {
    time: (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1),
    date: (year << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate(),
  };
}

/** What stands before a stored file (APPNOTE section 4.3.7): its length, and the checksum, follow it. */
export function localHeader(name: Uint8Array, sizeBytes: number, modified: Date): Uint8Array {
  const long = isLong(sizeBytes);
  const { time, date } = dosTime(modified);
  const size = long ? limit32 : 0;
  const header = record(30 + name.length + (long ? 20 : 0))
    .u32(0x04034b50)
    .u16(long ? 45 : 20)
    .u16(flags)
    .u16(0)
    .u16(time)
    .u16(date)
    .u32(0)
    .u32(size)
    .u32(size)
    .u16(name.length)
    .u16(long ? 20 : 0)
    .raw(name);
  return (long ? header.u16(1).u16(16).u64(0).u64(0) : header).bytes;
}

/** What follows it (APPNOTE section 4.3.9). */
export function dataDescriptor({ crc32, sizeBytes }: Pick<ZipRecord, "crc32" | "sizeBytes">): Uint8Array {
  const long = isLong(sizeBytes);
  const descriptor = record(long ? 24 : 16)
    .u32(0x08074b50)
    .u32(crc32);
  return (long ? descriptor.u64(sizeBytes).u64(sizeBytes) : descriptor.u32(sizeBytes).u32(sizeBytes)).bytes;
}

/** Its entry in the directory (APPNOTE section 4.3.12). */
export function directoryHeader({ name, sizeBytes, crc32, offset }: ZipRecord, modified: Date): Uint8Array {
  const extra = (isLong(sizeBytes) ? 16 : 0) + (offset >= limit32 ? 8 : 0);
  const { time, date } = dosTime(modified);
  const size = isLong(sizeBytes) ? limit32 : sizeBytes;
  const header = record(46 + name.length + (extra === 0 ? 0 : 4 + extra))
    .u32(0x02014b50)
    .u16(madeByUnix | 45)
    .u16(extra === 0 ? 20 : 45)
    .u16(flags)
    .u16(0)
    .u16(time)
    .u16(date)
    .u32(crc32)
    .u32(size)
    .u32(size)
    .u16(name.length)
    .u16(extra === 0 ? 0 : 4 + extra)
    .u16(0)
    .u16(0)
    .u16(0)
    .u32(plainFile)
    .u32(Math.min(offset, limit32))
    .raw(name);
  if (extra === 0) return header.bytes;
  header.u16(1).u16(extra);
  if (isLong(sizeBytes)) header.u64(sizeBytes).u64(sizeBytes);
  return (offset >= limit32 ? header.u64(offset) : header).bytes;
}

/** What ends it (APPNOTE sections 4.3.14 to 4.3.16). */
export function directoryEnd(count: number, offset: number, sizeBytes: number): Uint8Array {
  const long = count >= limit16 || offset >= limit32 || sizeBytes >= limit32;
  const end = record(long ? 98 : 22);
  if (long) {
    end
      .u32(0x06064b50)
      .u64(44)
      .u16(madeByUnix | 45)
      .u16(45)
      .u32(0)
      .u32(0);
    end.u64(count).u64(count).u64(sizeBytes).u64(offset);
    end
      .u32(0x07064b50)
      .u32(0)
      .u64(offset + sizeBytes)
      .u32(1);
  }
  const few = Math.min(count, limit16);
  end.u32(0x06054b50).u16(0).u16(0).u16(few).u16(few);
  return end.u32(Math.min(sizeBytes, limit32)).u32(Math.min(offset, limit32)).u16(0).bytes;
}
