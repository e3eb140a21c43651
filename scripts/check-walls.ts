import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import walls from "../.dependency-cruiser.mjs";

const root = resolve(import.meta.dirname, "..");

/** Folders that hold a negative fixture break the walls on purpose. */
const fixtures = "^testing/fixtures/";

/** What was built from the sources; a package's own folder of that name is what it ships. */
const built = "^apps/[^/]+/dist";

/** One import that crosses a wall. */
export interface WallViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** What the walls' check saw. */
export interface WallReport {
  readonly moduleCount: number;
  /** Imports of one of our packages by its name that were followed to a file of `packages/`. */
  readonly crossPackageImportCount: number;
  readonly violations: readonly WallViolation[];
}

/** The names of all rules, each of which has a negative fixture. */
export const wallRuleNames: readonly string[] = (walls.forbidden ?? []).map((rule) => rule.name ?? "unnamed");

/**
 * Reads every import under some folders of the project and judges it by `.dependency-cruiser.mjs`.
 *
 * @param folders relative to the project's root
 * @param options `withFixtures` keeps the negative fixtures in
 */
export async function checkWalls(
  folders: readonly string[],
  options: { readonly withFixtures: boolean },
): Promise<WallReport> {
  const { output } = await cruise(
    [...folders],
    {
      ...walls.options,
      baseDir: root,
      ruleSet: { forbidden: walls.forbidden ?? [] },
      validate: true,
      exclude: { path: options.withFixtures ? built : `${fixtures}|${built}` },
    },
    walls.options?.enhancedResolveOptions,
    { tsConfig: extractTsConfig(resolve(root, "tsconfig.json")) },
  );
  if (typeof output === "string") throw new Error(`dependency-cruiser answered with text: ${output}`);
  return report(output);
}

function report(result: ICruiseResult): WallReport {
  const ours = result.modules.filter((module) =>
    /^(packages|apps|testing|bench|examples|scripts)\//.test(module.source),
  );
  const imports = ours.flatMap((module) => module.dependencies);
  return {
    moduleCount: ours.length,
    crossPackageImportCount: imports.filter(
      (each) => each.module.startsWith("@etalon/") && each.resolved.startsWith("packages/"),
    ).length,
    violations: result.summary.violations.map((each) => ({ rule: each.rule.name, from: each.from, to: each.to })),
  };
}

/** Fewer than this would mean that the reader saw nothing: with TypeScript 7 it reads no module and finds no violation. */
const fewestModules = 150;
const fewestCrossPackageImports = 80;

if (import.meta.main) {
  const { moduleCount, crossPackageImportCount, violations } = await checkWalls(
    ["packages", "apps", "testing", "bench", "examples", "scripts"].filter((folder) =>
      existsSync(resolve(root, folder)),
    ),
    { withFixtures: false },
  );
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} imports ${to}`);
  if (moduleCount < fewestModules || crossPackageImportCount < fewestCrossPackageImports) {
    console.error(`only ${moduleCount} modules and ${crossPackageImportCount} imports between packages were seen`);
    process.exitCode = 1;
  }
  if (violations.length > 0) process.exitCode = 1;
  console.log(
    `walls: ${moduleCount} modules, ${crossPackageImportCount} imports between packages, ${violations.length} violations`,
  );
}
