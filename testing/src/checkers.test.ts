import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { checkElementary } from "../../scripts/check-elementary.ts";
import { checkWalls, wallRuleNames } from "../../scripts/check-walls.ts";

/**
 * Every checker of `npm run check` meets a fixture that breaks each of its rules: a checker that stops seeing fails here.
 */
const root = resolve(import.meta.dirname, "../..");

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a development tool of this checkout on Node 24. */
function runTool(tool: string, args: readonly string[], cwd = root): Promise<Outcome> {
  const bin = join(root, "node_modules/.bin");
  return new Promise((settle) => {
    const environment = { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` };
    execFile(join(bin, tool), [...args], { cwd, env: environment }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      settle({ exitCode, output: stdout + stderr });
    });
  });
}

test("walls: each rule is broken by its fixture and found", async () => {
  const { violations } = await checkWalls(["testing/fixtures/walls"], { withFixtures: true });
  const found = new Set(violations.filter(({ from }) => from.startsWith("testing/fixtures/")).map(({ rule }) => rule));
  expect([...found].sort()).toEqual([...wallRuleNames].sort());
});

test("walls: a package imported by its name is followed to its source", async () => {
  const { violations } = await checkWalls(["testing/fixtures/walls"], { withFixtures: true });
  expect(violations).toContainEqual({
    rule: "base-imports-nothing",
    from: "testing/fixtures/walls/packages/base/src/imports-kernels.ts",
    to: "packages/kernels/src/index.ts",
  });
});

test("walls: the folder that opens sockets may, and pages may not reach it", async () => {
  const { violations } = await checkWalls(["testing/fixtures/walls"], { withFixtures: true });
  const folder = "testing/fixtures/walls/packages/dicom/src";
  expect(violations.filter(({ from }) => from.startsWith(`${folder}/network/`))).toEqual([]);
  expect(violations).toContainEqual({
    rule: "node-only-entry-from-node",
    from: `${folder}/reaches-network.ts`,
    to: `${folder}/network/index.ts`,
  });
});

test("elementary: engine mathematics, chance and clocks are found, plain arithmetic is not", () => {
  const { violations } = checkElementary("testing/fixtures/elementary");
  const inFile = (name: string): readonly string[] =>
    violations.filter(({ file }) => file.endsWith(name)).map(({ found }) => found);
  expect(inFile("engine-mathematics.ts")).toEqual([
    "Math taken as a value",
    "Math taken as a value",
    "**",
    "**=",
    "Math.log",
    "Math.sin",
    "Math taken as a value",
    "Math taken as a value",
    "Math.pow",
  ]);
  expect(inFile("clock-and-chance.ts")).toEqual([
    "Math.random",
    "Date.now",
    "new Date()",
    "Date()",
    "performance.now",
    "crypto.randomUUID",
  ]);
  expect(inFile("allowed.ts")).toEqual([]);
});

test("types: each strict option of tsconfig.json finds its line of the fixture", async () => {
  const { exitCode, output } = await runTool("tsc", ["--noEmit", "-p", "testing/fixtures/types/tsconfig.json"]);
  expect(exitCode).not.toBe(0);
  const codes = [...output.matchAll(/error (TS\d+)/g)].map((match) => match[1]);
  // erasableSyntaxOnly, assignability, exactOptionalPropertyTypes, noImplicitAny, noImplicitOverride, missing return, fall-through.
  expect(codes).toEqual(["TS1294", "TS2322", "TS2375", "TS7006", "TS4114", "TS2366", "TS7029"]);
});

test("lint: each house rule finds its line of the fixture", async () => {
  const folder = mkdtempSync(join(tmpdir(), "etalon-lint-"));
  try {
    // Biome leaves the fixtures out by its own configuration, so they are judged in a copy.
    cpSync(join(root, "testing/fixtures/lint"), folder, { recursive: true });
    cpSync(join(root, "biome.json"), join(folder, "biome.json"));
    const args = ["lint", "--vcs-enabled=false", "--error-on-warnings", "--max-diagnostics=none", "packages"];
    const { exitCode, output } = await runTool("biome", args, folder);
    expect(exitCode).not.toBe(0);
    const rules = new Set([...output.matchAll(/ lint\/\w+\/(\w+)/g)].map((match) => match[1]));
    expect([...rules].sort()).toEqual([
      "noConsole",
      "noDefaultExport",
      "noEnum",
      "noExcessiveLinesPerFile",
      "noExcessiveLinesPerFunction",
      "noExplicitAny",
      "noNamespace",
      "noNonNullAssertion",
      "noParameterProperties",
      "noReExportAll",
      "noRestrictedGlobals",
      "useFilenamingConvention",
      "useMaxParams",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("dead code: an unused file, export and dependency are found", async () => {
  const { exitCode, output } = await runTool("knip", ["--directory", "testing/fixtures/dead"]);
  expect(exitCode).not.toBe(0);
  for (const found of ["src/orphan.ts", "unusedExport", "unused-dependency"]) expect(output).toContain(found);
});
