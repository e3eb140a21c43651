import type { ByteSource } from "@etalon/dicom";

/** Something to read: its path as people call it, and how to open it. */
export interface Readable {
  readonly path: string;
  /** @throws {EtalonError} `file-unreadable` */
  readonly open: () => Promise<ByteSource>;
}
