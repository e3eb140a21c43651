import { readdir, readFile } from "node:fs/promises";

/** Ticks a second in /proc (USER_HZ, the same on every Linux of x64 and arm64). */
const ticksASecond = 100;

interface ProcessTimes {
  readonly parent: number;
  /** Of the process, with those of its children that have ended. */
  readonly seconds: number;
}

/** Processor time that processes and all they started have taken so far, by what Linux says of them. */
export async function cpuSeconds(roots: readonly number[]): Promise<number> {
  const times = new Map<number, ProcessTimes>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    // proc(5): after the name in parentheses state, parent, …, utime, stime, cutime, cstime as fields 14 to 17.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    if (stat !== "") times.set(Number(name), { parent: Number(fields[1]), seconds: ticks / ticksASecond });
  }
  const isOf = (pid: number): boolean => {
    for (let at = pid; at > 1; at = times.get(at)?.parent ?? 0) if (roots.includes(at)) return true;
    return false;
  };
  return [...times].reduce((sum, [pid, { seconds }]) => sum + (isOf(pid) ? seconds : 0), 0);
}

/** The process that started another. */
export async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}
