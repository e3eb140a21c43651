import { spawnSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";

/** Debian's own Python, which sees python3-pydicom and python3-scipy. */
export const debianPython = "/usr/bin/python3";

/** The C compiler that builds the twin. */
export const compiler = "cc";

/** One line a fact: what the numbers were measured on and with. */
export function describeMachine(): string[] {
  const [cpu] = cpus();
  const python = firstLine(debianPython, [
    "-c",
    "import sys, pydicom, scipy, numpy; print(f'Python {sys.version.split()[0]}, pydicom {pydicom.__version__}, scipy {scipy.__version__}, numpy {numpy.__version__}')",
  ]);
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `Node ${process.versions.node}`,
    `${python} (Debian packages, ${debianPython})`,
    firstLine(compiler, ["--version"]),
    `load average at the start: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}`,
  ];
}

function firstLine(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} is missing or fails: ${stderr ?? ""}`);
  return stdout.split("\n")[0] ?? "";
}
