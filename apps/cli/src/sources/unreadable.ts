import { EtalonError } from "@etalon/base";

/** The `file-unreadable` error of a path, with what the operating system or a library says of it. */
export function unreadable(path: string, cause: unknown): EtalonError {
  const received = cause instanceof Error ? cause.message : String(cause);
  return new EtalonError("file-unreadable", { field: path, received, cause });
}
