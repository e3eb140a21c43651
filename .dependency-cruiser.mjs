/**
 * The walls of ARCHITECTURE.md: data flows down the road base → kernels → dicom → volume → measure, imports point up it.
 * `scripts/check-walls.ts` runs these rules; `testing/fixtures/walls` holds one violation of each.
 *
 * Paths are matched after "(^|/)", so that the same rules judge the fixtures' small tree.
 */

/** A package's public files: its index, and the further entries that package.json names. */
const publicFile = "src/(pdf/|text/|network/)?index\\.ts$";

/** The one folder of a package that runs in Node alone: sockets, behind an entry of its own. */
const nodeOnly = "(^|/)packages/dicom/src/network/";

/** What the shipped code of each package may import of ours, besides itself. */
const mayImport = {
  base: [],
  kernels: [],
  dicom: ["base", "kernels"],
  inputs: ["base"],
  volume: ["base", "kernels", "dicom", "inputs"],
  measure: ["base", "kernels", "volume"],
  decide: ["base", "kernels", "measure"],
  report: ["base", "kernels", "dicom", "volume", "measure", "decide"],
  phantom: ["base", "kernels", "dicom", "volume"],
};

const isTest = "\\.test\\.ts$";
/** A file of a folder's own testing/. */
const ownTesting = "/testing/[a-z0-9.-]+\\.ts$";
const anyOfOurs = "(^|/)(packages|apps|testing|bench|scripts)/";

const road = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `${name}-imports-${allowed.length === 0 ? "nothing" : allowed.join("-")}`,
  comment: `packages/${name} may import ${allowed.length === 0 ? "nothing" : `only ${allowed.join(", ")}`} of ours (ARCHITECTURE.md, the road).`,
  severity: "error",
  from: { path: `(^|/)packages/${name}/`, pathNot: isTest },
  to: { path: anyOfOurs, pathNot: `(^|/)packages/(${[name, ...allowed].join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...road,
    {
      name: "road-is-complete",
      comment: "A new package needs its row in mayImport.",
      severity: "error",
      from: { path: "(^|/)packages/", pathNot: `(^|/)packages/(${Object.keys(mayImport).join("|")})/` },
      to: {},
    },
    {
      name: "package-tests-import-no-app",
      comment: "A test of a package may use the packages, the phantoms and testing, never an app.",
      severity: "error",
      from: { path: "(^|/)packages/.*\\.test\\.ts$" },
      to: { path: "(^|/)(apps|bench|scripts)/" },
    },
    {
      name: "apps-do-not-import-each-other",
      comment: "What two apps share is a package.",
      severity: "error",
      from: { path: "(^|/)apps/([^/]+)/" },
      to: { path: "(^|/)apps/", pathNot: "(^|/)apps/$2/" },
    },
    {
      name: "testing-only-from-tests",
      comment: "Test helpers are for tests and benchmarks.",
      severity: "error",
      from: { path: "(^|/)(packages|apps)/", pathNot: `${isTest}|${ownTesting}` },
      to: { path: "(^|/)testing/src/" },
    },
    {
      name: "own-testing-only-from-tests",
      comment: "What a folder's tests share stands in its testing/, and is for them and for benchmarks.",
      severity: "error",
      from: { path: "(^|/)(packages|apps)/", pathNot: `${isTest}|${ownTesting}` },
      to: { path: ownTesting },
    },
    {
      name: "packages-run-in-the-browser",
      comment: "Packages run in Node and in pages: a Node builtin belongs in a *.node.ts behind package.json imports.",
      severity: "error",
      from: { path: "(^|/)packages/[^/]+/src/", pathNot: `\\.(test|node)\\.ts$|${nodeOnly}` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "node-only-entry-from-node",
      comment: "dicom/network opens sockets: what runs in pages may not reach it, apps/server and apps/cli may.",
      severity: "error",
      from: { path: "(^|/)(packages|apps)/", pathNot: `${nodeOnly}|(^|/)apps/(server|cli)/` },
      to: { path: nodeOnly },
    },
    {
      name: "node-files-behind-conditions",
      comment: "A *.node.ts is reached by its #name, which package.json maps to another file for pages.",
      severity: "error",
      from: { path: "(^|/)packages/[^/]+/src/", pathNot: "\\.(test|node)\\.ts$" },
      to: { path: "\\.node\\.ts$", dependencyTypesNot: ["aliased-subpath-import"] },
    },
    {
      name: "protocols-do-not-import-each-other",
      comment: "Shared mathematics moves to kernels, shared geometry to volume; a result comes in as a role.",
      severity: "error",
      from: { path: "(^|/)packages/measure/src/([^/]+/[^/]+)/" },
      to: { path: "(^|/)packages/measure/src/[^/]+/[^/]+/", pathNot: "(^|/)packages/measure/src/$2/" },
    },
    {
      name: "no-internals-of-another-package",
      comment: "Only what a package's index.ts (or another entry of its package.json) lists is public.",
      severity: "error",
      from: { path: "(^|/)packages/([^/]+)/" },
      to: { path: "(^|/)packages/[^/]+/", pathNot: `(^|/)packages/$2/|(^|/)packages/[^/]+/${publicFile}` },
    },
    {
      name: "no-internals-from-outside",
      comment: "Only what a package's index.ts (or another entry of its package.json) lists is public.",
      severity: "error",
      from: { path: "(^|/)(apps|testing|bench|examples)/", pathNot: "(^|/)packages/" },
      to: { path: "(^|/)packages/[^/]+/", pathNot: `(^|/)packages/[^/]+/${publicFile}` },
    },
    {
      name: "packages-by-name",
      comment: "Another package is imported by its name, not by a path.",
      severity: "error",
      from: { path: "(^|/)(packages/[^/]+|apps/[^/]+)/" },
      to: {
        path: `(^|/)(packages/[^/]+|testing)/${publicFile}`,
        pathNot: "(^|/)$2/",
        dependencyTypesNot: ["aliased-workspace"],
      },
    },
    {
      name: "packages-by-name-from-outside",
      comment: "A package is imported by its name, not by a path.",
      severity: "error",
      from: { path: "(^|/)(testing/src|bench|examples)/" },
      to: { path: `(^|/)packages/[^/]+/${publicFile}`, dependencyTypesNot: ["aliased-workspace"] },
    },
    {
      name: "cornerstone-only-for-the-rendered-volume",
      comment: "The viewer can be exchanged: only apps/workstation/src/viewport/rendered knows it.",
      severity: "error",
      from: {
        path: "(^|/)(packages|apps)/",
        pathNot: "(^|/)apps/workstation/src/viewport/rendered/|(^|/)packages/dicom/src/codecs/",
      },
      to: { path: "(^|/)node_modules/@(cornerstonejs|kitware)/|^@(cornerstonejs|kitware)/" },
    },
    {
      name: "charts-only-in-the-worker",
      comment:
        "The report's index brings charts and their document (600 kB): the page takes @etalon/report/text, its worker the rest.",
      severity: "error",
      from: { path: "(^|/)apps/workstation/src/", pathNot: "/src/(measuring|alone)/|[.]test[.]ts$" },
      to: { path: "(^|/)packages/report/src/index[.]ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-cycle",
      comment: "Two modules that need each other are one module, or miss a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "every-import-resolves",
      comment: "A misspelt or undeclared module.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".json"],
    },
  },
};
