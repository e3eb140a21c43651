import { z } from "zod";
import { serverUrl } from "../api/server-url.ts";
import type { GivenFile } from "../upload/gather-files.ts";

/** Files that are fetched at once. */
const atOnce = 6;

/**
 * The files of the folder that `etalon view` serves with the page; none from another host of the page.
 *
 * @throws {Error} where a file that was named does not come
 */
export async function servedFolder(): Promise<readonly GivenFile[]> {
  const listed = await fetch(serverUrl("folder.json"), { headers: { accept: "application/json" } }).catch(
    () => undefined,
  );
  if (listed === undefined || !listed.ok) return [];
  const names = z.array(z.string()).safeParse(await listed.json().catch(() => undefined)).data ?? [];
  const files: GivenFile[] = [];
  const waiting = names.entries();
  const work = async (): Promise<void> => {
    for (const [at, path] of waiting) {
      const answer = await fetch(serverUrl(`folder/${at}`));
      if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
      files[at] = { path, file: new File([await answer.blob()], path.split("/").at(-1) ?? path) };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return files;
}
