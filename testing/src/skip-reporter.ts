import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Where a title says why its tests do not run: "pixels beside pydicom (skipped: pydicom is not installed)". */
const reasonInTitle = /\(skipped: ([^)]+)\)/;

/**
 * Closes a test run with a line for each reason for which tests were skipped, so that nobody takes a short run for a
 * whole one.
 */
export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const reason = reasonOf(test);
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
    for (const line of skipLines(counts)) console.log(line);
  }
}

/** One line for each reason, in alphabetical order. */
export function skipLines(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts]
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([reason, count]) => ` Skipped ${count} ${count === 1 ? "test" : "tests"}: ${reason}`);
}

function reasonOf(test: TestCase): string {
  return reasonInTitle.exec(test.fullName)?.[1] ?? `no reason given (${test.fullName})`;
}
