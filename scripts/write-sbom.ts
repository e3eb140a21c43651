/** Writes `docs/licences`: what is shipped, for programs (CycloneDX) and for people. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { type ShippedBinary, shippedBinaries } from "./shipped-binaries.ts";
import { type ShippedPackage, shippedPackages } from "./shipped-packages.ts";

const folder = resolve(import.meta.dirname, "../docs/licences");

/** Where the bill of materials stands. */
export const sbomPath: string = resolve(folder, "sbom.cdx.json");

/** Where people read it. */
export const licenceTablePath: string = resolve(folder, "README.md");

/** The bill of materials in CycloneDX 1.6 (ECMA-424). Without a time, so that the same lockfile gives the same text. */
export function sbom(): string {
  const packages = shippedPackages();
  const application = {
    type: "application",
    "bom-ref": "etalon",
    name: "etalon",
    version: manifest.version,
    licenses: [{ license: { id: "Apache-2.0" } }],
  };
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: application },
    components: [...packages.map(packageComponent), ...shippedBinaries.map(binaryComponent)],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function packageComponent({ name, version, license, integrity, only }: ShippedPackage) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...(only === undefined ? {} : { scope: "optional" }),
    licenses: licensesOf(license),
    ...(integrity.startsWith("sha512-") ? { hashes: [{ alg: "SHA-512", content: hexOf(integrity) }] } : {}),
  };
}

function binaryComponent({ name, version, license, within, note }: ShippedBinary) {
  return {
    type: name.startsWith("Source") ? "file" : "library",
    "bom-ref": `${within}/${name}`,
    name,
    version,
    licenses: licensesOf(license),
    properties: [{ name: "etalon:within", value: within }],
    ...(note === "" ? {} : { description: note }),
  };
}

/** One of SPDX by its id, several as an expression, any other by its name. */
function licensesOf(license: string): readonly object[] {
  if (/^SEE | stated$/.test(license)) return [{ license: { name: license } }];
  return / (AND|OR) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}

function hexOf(integrity: string): string {
  return Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
}

/** The same as a page. */
export function licenceTable(): string {
  const packages = shippedPackages();
  return [
    "<!-- Generated from package-lock.json and scripts/shipped-binaries.ts by `npm run docs`. -->",
    "# What is shipped, and under which licences",
    "",
    `Etalon is under Apache-2.0. It runs with ${packages.length} packages of npm, and with the programs that some of them carry. For programs:`,
    "[sbom.cdx.json](sbom.cdx.json) (CycloneDX 1.6). A test holds both against the lockfile, and every licence against the list in",
    "`scripts/allowed-licences.ts`: no copyleft. What only tests and tools need is not shipped and not listed.",
    "",
    "Known weaknesses: `npm audit` asks the registry, and the registry at hand while this was written did not serve it, so no version",
    "here was checked by it. Run `npm audit --omit=dev` where it is served, or give `sbom.cdx.json` to a scanner.",
    "",
    "## Programs, libraries and faces within packages",
    "",
    "| what | version | licence | within | |",
    "| --- | --- | --- | --- | --- |",
    ...shippedBinaries.map(
      ({ name, version, license, within, note }) => `| ${name} | ${version} | ${license} | \`${within}\` | ${note} |`,
    ),
    "",
    "Notices: [codecs](compiled-codecs.txt), [Typst](compiled-typst.txt). Node and PostgreSQL for other systems come in packages of",
    "the same names; the rows above were read from those for Linux on x64.",
    "",
    "## Packages",
    "",
    "| package | version | licence | only on |",
    "| --- | --- | --- | --- |",
    ...packages.map(({ name, version, license, only }) => `| ${name} | ${version} | ${license} | ${only ?? ""} |`),
    "",
  ].join("\n");
}

if (import.meta.main) {
  writeFileSync(sbomPath, sbom());
  writeFileSync(licenceTablePath, licenceTable());
}
