import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { codecWasmFiles } from "./codec-wasm-files.ts";

const root = resolve(import.meta.dirname, "..");

/** Where `npm run build` lays the package that can be published. */
export const packageFolder: string = join(root, "dist/etalon");

/** In the bundle the codecs' WebAssembly lies in `codec-wasm/` beside it, instead of in node_modules. */
const wasmBesideBundle: Plugin = {
  name: "wasm-beside-bundle",
  resolveId: (id) => (id === "#codec-wasm" ? "\0codec-wasm" : null),
  load: (id) =>
    id === "\0codec-wasm"
      ? `import { readFile } from "node:fs/promises";
         export const loadCodecWasm = (name) => readFile(new URL(\`./codec-wasm/\${name}.wasm\`, import.meta.url));`
      : null,
};

/**
 * Builds the one package that is published: a bundle of the command line with every package and dependency in it, the
 * launcher, the codecs' WebAssembly, and the licences of what is bundled.
 *
 * @param folder is emptied first
 */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "codec-wasm"));

  const bundle = await rolldown({
    input: join(root, "apps/cli/src/main.ts"),
    platform: "node",
    plugins: [wasmBesideBundle],
    // The codecs' glue asks for its own folder, a CommonJS word that a bundled module lacks.
    transform: { define: { __dirname: "import.meta.dirname" } },
  });
  const { output } = await bundle.write({
    file: join(folder, "etalon-bundle.mjs"),
    format: "esm",
    codeSplitting: false,
  });
  await bundle.close();
  const modules = output.flatMap((each) => (each.type === "chunk" ? each.moduleIds : []));

  for (const [path, bytes] of await codecWasmFiles()) writeFileSync(join(folder, path), bytes);
  copyFileSync(join(root, "apps/cli/bin/etalon.mjs"), join(folder, "bin/etalon.mjs"));
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  if (existsSync(join(root, "README.md"))) copyFileSync(join(root, "README.md"), join(folder, "README.md"));
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicences(modules));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8"));
}

function publishedManifest(): object {
  const workspace = readManifest(join(root, "package.json"));
  const program = readManifest(join(root, "apps/cli/package.json"));
  return {
    name: program.name,
    version: program.version,
    description: workspace.description,
    license: workspace.license,
    type: "module",
    bin: { etalon: "bin/etalon.mjs" },
    engines: workspace.engines,
    optionalDependencies: workspace.optionalDependencies,
  };
}

/** The licence texts of every package that has a module in the bundle, and of what is compiled into the codecs. */
function thirdPartyLicences(moduleIds: readonly string[]): string {
  const folders = new Set(
    moduleIds.flatMap((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1] ?? []),
  );
  const compiled = readFileSync(join(root, "docs/licences/compiled-codecs.txt"), "utf8");
  const bundled = [...folders].sort().map((folder) => {
    const { name, version, license } = readManifest(join(folder, "package.json"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file === undefined ? `Licence: ${license ?? "see the package"}` : readFileSync(join(folder, file), "utf8");
    return `${name} ${version}\n\n${text.trim()}\n`;
  });
  return [...bundled, compiled].join(`\n${"-".repeat(80)}\n\n`);
}

if (import.meta.main) {
  await buildPackage(packageFolder);
  console.log(packageFolder);
}
