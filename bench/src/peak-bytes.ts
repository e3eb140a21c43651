import { readFileSync } from "node:fs";

/**
 * Largest resident set of this process so far, bytes. Read from the kernel's own mark of this program (Linux):
 * `getrusage` would hand down the peak of the process that started it.
 */
export function peakBytes(): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  if (kib === undefined) throw new Error("no VmHWM in /proc/self/status");
  return Number(kib) * 1024;
}
