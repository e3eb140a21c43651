import { spawnSync } from "node:child_process";
import { describe } from "vitest";

/** Debian's own Python, which sees python3-pydicom and python3-scipy. */
export const debianPython = "/usr/bin/python3";

/** Whether a peer program starts: the command with these arguments exits with 0. */
export function hasProgram(command: string, args: readonly string[] = ["--version"]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Whether Debian's Python can import a module, such as "pydicom". */
export function hasPythonModule(module: string): boolean {
  return hasProgram(debianPython, ["-c", `import ${module}`]);
}

/** A group of tests beside a peer program: skipped with its reason where the peer is absent, failing under `CI=true`. */
export function describeWithPeer(title: string, peer: { name: string; isPresent: boolean }, body: () => void): void {
  if (!peer.isPresent && process.env["CI"] !== "true") {
    describe.skip(`${title} (skipped: ${peer.name} is not installed)`, body);
    return;
  }
  describe(title, body);
}
