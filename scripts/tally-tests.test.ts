import { expect, test } from "vitest";
import { addTallies, tallyLine, tallyReport, tallyRun } from "./tally-tests.ts";

const file = (status: string, ...statuses: readonly string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
});

test("passed, failed and every other status are counted apart", () => {
  const report = { testResults: [file("failed", "passed", "failed"), file("passed", "passed", "skipped", "todo")] };
  expect(tallyReport(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test("a file that could not be loaded is one failure", () => {
  expect(tallyReport({ testResults: [file("failed")] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("the line names what was skipped only where something was", () => {
  const total = addTallies([
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 4, failed: 1, skipped: 0 },
  ]);
  expect(tallyLine(total)).toBe("7 passed, 1 failed");
  expect(tallyLine({ ...total, skipped: 2 })).toBe("7 passed, 1 failed, 2 skipped");
});

test("a run that fails although its tests passed is one failure", () => {
  const allPassed = { passed: 5, failed: 0, skipped: 0 };
  expect(tallyRun(allPassed, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(tallyRun(allPassed, 0)).toEqual(allPassed);
  expect(tallyRun({ ...allPassed, failed: 2 }, 1)).toEqual({ ...allPassed, failed: 2 });
});
