import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "vitest";

/** Folder of real scans and truth tables for checks: `ETALON_SHARED_DATA`, else `../shared/data` beside the checkout. */
export const sharedDataRoot: string =
  process.env["ETALON_SHARED_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");

/** Absolute path of a folder or file of the shared data, or `undefined` where the machine does not have it. */
export function sharedDataPath(relative: string): string | undefined {
  const path = join(sharedDataRoot, relative);
  return existsSync(path) ? path : undefined;
}

/**
 * A group of tests on shared data. Where the data is absent the group is skipped and its title says so; under `CI=true`
 * absence is a failure.
 */
export function describeWithSharedData(title: string, relative: string, body: (path: string) => void): void {
  const path = sharedDataPath(relative);
  if (path === undefined && process.env["CI"] !== "true") {
    // The body is not run: what it reads to make up its tests is absent too.
    describe.skip(`${title} (skipped: no shared data ${relative})`, () => test("needs shared data", () => {}));
    return;
  }
  describe(title, () => body(path ?? join(sharedDataRoot, relative)));
}
