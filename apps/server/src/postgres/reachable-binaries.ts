import { randomUUID } from "node:crypto";
import { cp, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EtalonError } from "@etalon/base";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { SystemUser } from "./postgres-user.ts";

/** Where root puts a copy of the programs, for the user that runs them. */
const copiesFolder = "/var/lib/etalon";

/**
 * The programs where a user can run them: as they are, or copied once per build where a folder above them, such as `/root`,
 * is closed to others.
 *
 * @throws {EtalonError} `postgres-failed` where the copy cannot be written
 */
export async function makeReachable(
  binaries: PostgresBinaries,
  user: SystemUser,
  copies: string = copiesFolder,
): Promise<PostgresBinaries> {
  if (await canEnter(binaries.folder, user)) return binaries;
  const copy = join(copies, `postgres-${binaries.build}`);
  if (await exists(copy)) return { ...binaries, folder: copy };
  const begun = `${copy}.${randomUUID()}`;
  try {
    await mkdir(copies, { recursive: true, mode: 0o755 });
    await cp(binaries.folder, begun, { recursive: true, verbatimSymlinks: true });
    await rename(begun, copy);
  } catch (cause) {
    await rm(begun, { recursive: true, force: true });
    // Two first starts at once: the other's copy is as good.
    if (!(await exists(copy)))
      throw new EtalonError("postgres-failed", { field: copy, received: String(cause), cause });
  }
  return { ...binaries, folder: copy };
}

/** Whether a user may pass through a folder and all above it, as their modes say. */
export async function canEnter(folder: string, { uid, gid }: SystemUser): Promise<boolean> {
  const { mode, uid: owner, gid: group } = await stat(folder);
  const shift = owner === uid ? 6 : group === gid ? 3 : 0;
  if (((mode >> shift) & 0o1) === 0) return false;
  const above = dirname(folder);
  return above === folder || canEnter(above, { uid, gid });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
