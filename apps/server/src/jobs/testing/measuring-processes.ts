import { readdir, readFile } from "node:fs/promises";

/** Ids of the processes that measure for a server, by what Linux says of processes. */
export async function measuringProcesses(serverPid: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "");
    if (!command.includes("measuring-process")) continue;
    const status = await readFile(`/proc/${name}/status`, "utf8").catch(() => "");
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === serverPid && !/^State:\s+Z/m.test(status))
      found.push(Number(name));
  }
  return found;
}
