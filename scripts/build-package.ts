import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { codecWasmFiles } from "./codec-wasm-files.ts";
import { pdfAssetFiles } from "./pdf-asset-files.ts";

const root = resolve(import.meta.dirname, "..");

/** Where `npm run build` lays the package that can be published. */
export const packageFolder: string = join(root, "dist/etalon");

/** What packages take out of node_modules through a `#name`: its loader, and the files beside the bundle that it reads there. */
const besideBundle: Readonly<
  Record<string, { readonly loader: string; readonly folder: string; readonly end: string }>
> = {
  "#codec-wasm": { loader: "loadCodecWasm", folder: "codec-wasm", end: ".wasm" },
  "#pdf-asset": { loader: "loadPdfAsset", folder: "pdf-assets", end: "" },
};

/** In the bundle the files that are no code lie in folders beside it, instead of in node_modules. */
const filesBesideBundle: Plugin = {
  name: "files-beside-bundle",
  resolveId: (id) => (id in besideBundle ? `\0${id}` : null),
  load: (id) => {
    const beside = id.startsWith("\0") ? besideBundle[id.slice(1)] : undefined;
    if (beside === undefined) return null;
    const { loader, folder, end } = beside;
    return `import { readFile } from "node:fs/promises";
            export const ${loader} = (name) => readFile(new URL("./${folder}/" + name + "${end}", import.meta.url));`;
  },
};

/**
 * Builds the one package that is published: a bundle of the command line with every package and dependency in it, the
 * launcher, the codecs' WebAssembly, the PDF renderer's compiler and faces, and the licences of what is bundled.
 *
 * @param folder is emptied first
 */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });

  const bundle = await rolldown({
    input: join(root, "apps/cli/src/main.ts"),
    platform: "node",
    plugins: [filesBesideBundle],
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

  for (const [path, bytes] of [...(await codecWasmFiles()), ...(await pdfAssetFiles())]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
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

/** The licence texts of every package that has a module or a file in the package, and of what is compiled into them. */
function thirdPartyLicences(moduleIds: readonly string[]): string {
  const folders = new Set(
    moduleIds.flatMap((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1] ?? []),
  );
  for (const name of withoutModules) folders.add(join(root, "node_modules", name));
  const compiled = readdirSync(join(root, "docs/licences")).map((file) =>
    readFileSync(join(root, "docs/licences", file), "utf8"),
  );
  const bundled = [...folders].sort().map((folder) => {
    const { name, version, license } = readManifest(join(folder, "package.json"));
    const files = readdirSync(folder).filter((each) => /^licen[cs]e/i.test(each));
    const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
    return `${name} ${version}\n\n${texts.length === 0 ? `Licence: ${license ?? "see the package"}` : texts.join("\n\n")}\n`;
  });
  return [...bundled, ...compiled].join(`\n${"-".repeat(80)}\n\n`);
}

/** Packages that give the published one files and no code. */
const withoutModules = ["@expo-google-fonts/source-sans-3", "@myriaddreamin/typst-ts-web-compiler"];

if (import.meta.main) {
  await buildPackage(packageFolder);
  console.log(packageFolder);
}
