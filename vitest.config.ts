import { defineConfig } from "vitest/config";
import { SkipReporter } from "./testing/src/skip-reporter.ts";

const everywhere = ["packages", "apps", "testing", "bench", "scripts"];

/**
 * Two projects: `unit`, the short tests that `npm test` runs, and `full`, the slow ones with a browser, a package install
 * or a peer program (`*.full.test.ts`), which `npm run check:full` adds. The coverage floors hold for both together: what
 * speaks with peers is tested beside them.
 */
export default defineConfig({
  test: {
    reporters: ["default", new SkipReporter(), ...(process.env["CI"] === "true" ? ["json"] : [])],
    outputFile: { json: "coverage/tests.json" },
    projects: [
      {
        test: {
          name: "unit",
          setupFiles: ["./testing/src/seeded-properties.ts"],
          include: everywhere.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ["**/*.full.test.ts", "**/node_modules/**", "testing/fixtures/**"],
          // A phantom is built and measured in seconds, on a machine that does ten other things in a minute.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "full",
          setupFiles: ["./testing/src/seeded-properties.ts"],
          include: everywhere.map((folder) => `${folder}/**/*.full.test.ts`),
          exclude: ["**/node_modules/**", "testing/fixtures/**"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/testing/**", "**/generated/**", "**/index.ts"],
      reporter: ["text-summary", "json-summary"],
      // Also of a run with a failed test: the floor is checked by the same run that shows the failure.
      reportOnFailure: true,
      // What runs in Chromium or in a process of its own counts nothing here: that is most of the page, and of the server what
      // starts it, its workers and what they do. Tests reach those, too; the floors are of what this process sees.
      thresholds: {
        "packages/**": { lines: 95, branches: 86 },
        "apps/cli/**": { lines: 88, branches: 80 },
        "apps/server/**": { lines: 88, branches: 77 },
        "apps/workstation/**": { lines: 50, branches: 48 },
      },
    },
  },
});
