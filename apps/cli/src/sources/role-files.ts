import { existsSync } from "node:fs";
import { EtalonError } from "@etalon/base";
import type { Ledger, LedgerEntry } from "@etalon/volume";

/** A role and what the user named for it: a file or a series, and the number of a phase where one was given. */
export interface NamedRole {
  readonly role: string;
  readonly name: string;
  readonly isFile: boolean;
  /** "@3", or nothing. */
  readonly phase: string;
}

/** `--role role=FILE`, `--role role=FILE@3`, `--role role=SERIES@3`: a name that is a file is one, any other is a series. */
export function readRoles(pairs: readonly (readonly [string, string])[]): readonly NamedRole[] {
  return pairs.map(([role, value]) => {
    if (existsSync(fileOfRole(value))) return { role, name: value, isFile: true, phase: "" };
    const [, name = value, phase = ""] = /^(.*?)(@\d+)?$/.exec(value) ?? [];
    return { role, name, isFile: existsSync(fileOfRole(name)), phase };
  });
}

/** The file that a name means: of "perf.mat!data" and of a ZIP's entry, the file that holds it. */
export function fileOfRole(name: string): string {
  return existsSync(name) ? name : name.replace(/!.*$/, "");
}

/**
 * The series of each role, as a run takes it: that of the file, or the one named.
 *
 * @throws {EtalonError} what the reading of a file threw; `no-images` for one that holds none
 */
export function seriesOfRoles(roles: readonly NamedRole[], ledger: Ledger): Record<string, string> {
  const choices: Record<string, string> = {};
  for (const { role, name, isFile, phase } of roles) {
    choices[role] = `${isFile ? seriesOfFile(name, ledger) : name}${phase}`;
  }
  return choices;
}

function seriesOfFile(path: string, { entries, stacks }: Ledger): string {
  const entry = entries.find((one) => one.path === path);
  requireRead(path, entry);
  // An identical copy has its place where the first of them has.
  const stack = stacks.find(({ frames }) =>
    frames.some(({ instance }) => instance.dataSetSha256 === entry?.dataSetSha256),
  );
  if (stack !== undefined) return stack.id;
  throw new EtalonError("no-images", { field: path, details: { reasons: entry?.reason?.code ?? "–" } });
}

/** @throws {EtalonError} what the reading of the file threw, where it could not be used */
export function requireRead(path: string, entry: LedgerEntry | undefined): void {
  const { errorCode, details = {} } = entry?.reason ?? {};
  if (errorCode === undefined) return;
  const { field = path, received = "", ...rest } = details;
  throw new EtalonError(errorCode, { field: String(field), received: String(received), details: rest });
}
