import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { EtalonError } from "@etalon/base";

/** Ids of a user of this machine. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Owns the database's files and runs PostgreSQL where the program itself is root, as whom PostgreSQL refuses to run. */
export const postgresUserName = "etalon-postgres";

const run = promisify(execFile);

/** How Debian, Red Hat and SUSE, then how Alpine makes a user that nobody can log in as. */
const waysToAddUser: readonly (readonly [string, readonly string[]])[] = [
  [
    "useradd",
    ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"],
  ],
  ["adduser", ["-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin"]],
];

/**
 * Whom PostgreSQL runs as: undefined stands for ourselves; as root a user of its own, made at the first start.
 *
 * @throws {EtalonError} `postgres-failed` where root cannot make it, or where the system is not Linux
 */
export async function findPostgresUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== "linux") throw failed("as root this works on Linux only; start it as another user");
  const known = await lookUp();
  if (known !== undefined) return known;
  const reasons: string[] = [];
  for (const [program, options] of waysToAddUser) {
    try {
      await run(program, [...options, postgresUserName]);
    } catch (thrown) {
      reasons.push(thrown instanceof Error ? thrown.message.trim() : String(thrown));
    }
    // Also after a failure: another process may have made it in between.
    const made = await lookUp();
    if (made !== undefined) return made;
  }
  throw failed(reasons.join("; "));
}

async function lookUp(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (which) => Number((await run("id", [which, postgresUserName])).stdout)),
    );
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

function failed(reason: string): EtalonError {
  return new EtalonError("postgres-failed", { field: `user ${postgresUserName}`, received: reason });
}
