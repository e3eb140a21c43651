import { join } from "node:path";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import type { SystemUser } from "./postgres-user.ts";

/** Where one PostgreSQL of ours keeps what, and who runs it with which programs. */
export interface ClusterPlace {
  readonly binaries: PostgresBinaries;
  /** Undefined where PostgreSQL runs as the same user as this program. */
  readonly user: SystemUser | undefined;
  /** Whether that user may walk to the folder by its name. */
  readonly isReachable: boolean;
  /** Holds all of the following. */
  readonly folder: string;
  /** PostgreSQL's data folder. */
  readonly cluster: string;
  readonly socketFolder: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** The user, and the database, that PostgreSQL has for the archive. */
export const databaseName = "etalon";

/** Places of a PostgreSQL below a folder. */
export function placeCluster(
  folder: string,
  runner: Pick<ClusterPlace, "binaries" | "user" | "isReachable">,
): ClusterPlace {
  return {
    ...runner,
    folder,
    cluster: join(folder, "cluster"),
    socketFolder: join(folder, "socket"),
    passwordFile: join(folder, "password"),
    logFile: join(folder, "postgres.log"),
  };
}

/**
 * How a program of PostgreSQL is told its data folder, being started in it. Where its user cannot walk there by name, since
 * the archive's folder, or one above it such as `/root`, is closed to all but the owner, `/proc/self/cwd` leads into the
 * folder without passing through those above.
 */
export function nameOfCluster({ isReachable }: ClusterPlace, cluster: string): string {
  return isReachable ? cluster : "/proc/self/cwd";
}

/** What PostgreSQL's programs see of the environment: none of the `PG…` variables, and messages in English. */
export const postgresEnvironment: Readonly<Record<string, string>> = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
};
