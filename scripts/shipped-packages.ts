import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A package of npm that an installed Etalon runs with. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest states it, an SPDX expression in all but one. */
  readonly license: string;
  /** "sha512-…" in base 64, as npm checks it. */
  readonly integrity: string;
  /** Where it is installed: "node_modules/pg". */
  readonly path: string;
  /** Installed on some systems only: "linux x64". */
  readonly only: string | undefined;
}

/** What of a lockfile's entry is read (npm's package-lock.json, lockfileVersion 3). */
interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The programs that are shipped, and the workspace itself, which brings Node. */
const roots = ["", "apps/server", "apps/cli", "apps/workstation"] as const;

/**
 * Every package that a shipped program needs at run time, found by walking the lockfile as Node resolves imports: what only
 * tests and tools need is not among them. In the order of their names.
 */
export function shippedPackages(): readonly ShippedPackage[] {
  const lockfile = readFileSync(resolve(import.meta.dirname, "../package-lock.json"), "utf8");
  // npm wrote it, and the tests compare what comes of it with what is installed.
  const { packages } = JSON.parse(lockfile) as { readonly packages: Readonly<Record<string, Entry>> };
  const found = new Map<string, ShippedPackage>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const entry = packages[path];
    if (entry === undefined || seen.has(path)) return;
    seen.add(path);
    if (entry.link === true) visit(entry.resolved ?? "");
    const shipped = packageOf(path, entry);
    if (shipped !== undefined) found.set(`${shipped.name}@${shipped.version}`, shipped);
    for (const name of neededBy(entry)) {
      const target = resolveFrom(path, name, packages);
      if (target !== undefined) visit(target);
    }
  };
  for (const root of roots) visit(root);
  return [...found.values()].toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function neededBy({ dependencies, optionalDependencies, peerDependencies }: Entry): readonly string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

function packageOf(path: string, { version, license, integrity, os, cpu }: Entry): ShippedPackage | undefined {
  const at = path.lastIndexOf("node_modules/");
  // What lies elsewhere is the project's own.
  if (at < 0 || version === undefined) return undefined;
  const only = [os, cpu].flat().filter((word) => word !== undefined);
  return {
    name: path.slice(at + "node_modules/".length),
    version,
    license: license ?? "none stated",
    integrity: integrity ?? "",
    path,
    only: only.length === 0 ? undefined : only.join(" "),
  };
}

/** The nearest `node_modules` that has a package, from a package upwards. */
function resolveFrom(path: string, name: string, packages: Readonly<Record<string, Entry>>): string | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (folder === "") return undefined;
  }
}
