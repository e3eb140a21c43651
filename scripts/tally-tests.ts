import { existsSync, readFileSync } from "node:fs";

/** What the last line of `.ci/run` counts. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One test file in Vitest's JSON report. */
interface FileReport {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/**
 * Counts the tests of one JSON report of Vitest. A file that failed outside its tests (it could not be loaded, a hook
 * threw) counts as one failure.
 */
export function tallyReport(report: { readonly testResults: readonly FileReport[] }): Tally {
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map(({ status }) => status));
  const failedTests = statuses.filter((status) => status === "failed").length;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const passed = statuses.filter((status) => status === "passed").length;
  return { passed, failed: failedTests + brokenFiles, skipped: statuses.length - passed - failedTests };
}

/** Adds tallies. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** "12 passed, 0 failed", with ", 3 skipped" where something was. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * The tally of one run of Vitest. A run may fail although each of its tests passed (the coverage floor, an error outside
 * every test): that is one failure.
 */
export function tallyRun(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport(path: string): Tally {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  return tallyReport(JSON.parse(readFileSync(path, "utf8")));
}

if (import.meta.main) {
  const [passed = "0", failed = "0", ...runs] = process.argv.slice(2);
  const checks: Tally = { passed: Number(passed), failed: Number(failed), skipped: 0 };
  const tallies = runs.map((run) => {
    const colon = run.lastIndexOf(":");
    return tallyRun(readReport(run.slice(0, colon)), Number(run.slice(colon + 1)));
  });
  const total = addTallies([checks, ...tallies]);
  console.log(tallyLine(total));
  if (total.failed > 0) process.exitCode = 1;
}
