import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EtalonError } from "@etalon/base";

const workstation = new URL("../../../workstation/", import.meta.url);

/**
 * The folder of the workstation's page, built where its sources have changed.
 *
 * @throws {EtalonError} `server-absent` in the published package, and where it cannot be built
 */
export async function preparePageFolder(): Promise<string> {
  const builder = fileURLToPath(new URL("build/prepare-page.ts", workstation));
  const folder = fileURLToPath(new URL("dist", workstation));
  if (existsSync(builder)) await promisify(execFile)(process.execPath, [builder]);
  if (!existsSync(`${folder}/alone.html`)) throw new EtalonError("server-absent", { field: "etalon view" });
  return folder;
}
