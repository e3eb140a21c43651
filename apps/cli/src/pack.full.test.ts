import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { describeWithPeer, hasProgram } from "@etalon/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPackage } from "../../../scripts/build-package.ts";

/**
 * The published package, as a stranger gets it: packed, installed into an empty folder by the machine's own npm, and run by
 * the machine's own Node, however old.
 */
const launcher = resolve(import.meta.dirname, "../bin/etalon.mjs");

/** The search path without this checkout's own Node and tools. */
const machinePath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"))
  .join(delimiter);

interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

function run(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  // npm hands its settings to what it starts; the stranger's shell has none of them.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/i.test(name));
  const environment = { ...Object.fromEntries(inherited), PATH: machinePath, LC_ALL: "C" };
  return new Promise((settle) => {
    execFile(command, [...args], { cwd, env: environment, maxBuffer: 1 << 28 }, (error, out, err) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      settle({ exitCode, out, err });
    });
  });
}

let folder = "";
let archive = "";

/** Installs the packed package into a new empty folder. */
async function install(name: string, ...options: readonly string[]): Promise<string> {
  const place = join(folder, name);
  mkdirSync(place);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  const { exitCode, err } = await run("npm", ["install", ...quiet, ...options, archive], place);
  // The machine's own settings may be warned about; nothing of the package may.
  expect(err).not.toMatch(/npm (warn|error) (?!Unknown (user|env) config)/);
  expect(exitCode).toBe(0);
  return place;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "etalon-pack-"));
  const built = join(folder, "built");
  await buildPackage(built);
  const { exitCode } = await run("npm", ["pack", "--pack-destination", folder], built);
  expect(exitCode).toBe(0);
  archive = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "no archive");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("installed with its Node", () => {
  let place = "";
  beforeAll(async () => {
    place = await install("whole");
  });
  const etalon = (...args: readonly string[]): Promise<Outcome> =>
    run("npx", ["--no-install", "etalon", ...args], place);

  test("it lists its protocols as one JSON document", async () => {
    const { exitCode, out } = await etalon("protocols", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.stringify(JSON.parse(out))).toContain('"coronary/calcium-score"');
  });

  test("it measures a phantom as the sources do", async () => {
    const made = await etalon("phantom", "thorax", "study", "--seed", "1");
    expect(made).toMatchObject({ exitCode: 0 });
    const published = await etalon("analyze", "study/dicom", "--marks", "study/marks.json", "--json");
    expect(published).toMatchObject({ exitCode: 0 });
    const sources = [launcher, "analyze", "study/dicom", "--marks", "study/marks.json", "--json"];
    const fromSources = await run("node", sources, place);
    expect(fromSources).toMatchObject({ exitCode: 0 });
    const digest: unknown = JSON.parse(published.out).digest;
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(fromSources.out).digest).toBe(digest);
  });

  // A codec that the bundle cannot load shows only here: the sources find it in node_modules.
  describeWithPeer("compressed images", { name: "DCMTK's dcmcjpls", isPresent: hasProgram("dcmcjpls") }, () => {
    test("it decodes them to the same scores", async () => {
      await etalon("phantom", "thorax", "native", "--seed", "2", "--thickness", "5");
      mkdirSync(join(place, "compressed"));
      for (const name of readdirSync(join(place, "native/dicom"))) {
        const { exitCode } = await run("dcmcjpls", [`native/dicom/${name}`, `compressed/${name}`], place);
        expect(exitCode).toBe(0);
      }
      const outputs = async (study: string): Promise<unknown> => {
        const { exitCode, out } = await etalon("analyze", study, "--marks", "native/marks.json", "--json");
        expect(exitCode).toBe(0);
        return JSON.parse(out).outputs;
      };
      expect(await outputs("compressed")).toEqual(await outputs("native/dicom"));
    });
  });

  test("it converts the units of a number", async () => {
    const velocities = ["--value", "peak-systolic-velocity=0.6m/s", "--value", "end-diastolic-velocity=15cm/s"];
    const { exitCode, out } = await etalon(
      "analyze",
      "--protocol",
      "vascular/doppler-resistive-index",
      ...velocities,
      "--json",
    );
    expect(exitCode).toBe(0);
    // (60 − 15) / 60
    expect(JSON.parse(out).outputs[0].value).toBeCloseTo(0.75, 12);
  });

  // The compiler and the faces lie beside the bundle; the sources find them in node_modules.
  test("it writes the report as PDF", async () => {
    const made = await etalon("phantom", "thorax", "printed", "--seed", "1", "--thickness", "5");
    expect(made).toMatchObject({ exitCode: 0 });
    const asked = ["printed/dicom", "--marks", "printed/marks.json", "--format", "pdf", "--out", "documents"];
    expect(await etalon("analyze", ...asked, "--lang", "fr")).toMatchObject({ exitCode: 0 });
    const pdf = readFileSync(join(place, "documents/report.fr.pdf"), "latin1");
    expect(pdf.slice(0, 5)).toBe("%PDF-");
    expect(pdf).toContain("<pdfaid:part>2</pdfaid:part>");
    expect(pdf).toContain("SourceSans3-Regular");
  });

  test("a wrong question ends with 2", async () => {
    const { exitCode, out } = await etalon("analyse", "--json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ code: "unknown-name" });
  });

  test("it carries the licences of what is bundled", () => {
    const text = readFileSync(join(place, "node_modules/etalon/THIRD-PARTY-LICENSES.txt"), "utf8");
    const expected = ["@cornerstonejs/codec-charls", "@myriaddreamin/typst-ts-web-compiler", "fflate", "yauzl", "zod"];
    const titles = text.split("\n").flatMap((line) => /^(\S+) \d+\.\d+\.\d+$/.exec(line)?.[1] ?? []);
    expect(titles).toEqual(expect.arrayContaining(expected));
    expect(text).toContain("with Reserved Font Name 'Source'");
  });
});

describe("installed without its Node", () => {
  test("it runs on a new Node, and on an old one says in one sentence what is missing", async () => {
    const place = await install("bare", "--omit=optional");
    // Outside the checkout there is no other Node that the launcher could find.
    cpSync(join(place, "node_modules/etalon"), join(folder, "alone"), { recursive: true });
    const { out: version } = await run("node", ["--version"], folder);
    const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
    const outcome = await run("node", [join(folder, "alone/bin/etalon.mjs"), "protocols", "--json"], folder);
    if (major > 22 || (major === 22 && minor >= 13)) {
      expect(outcome).toMatchObject({ exitCode: 0, err: "" });
      return;
    }
    expect(outcome.exitCode).toBe(1);
    expect(outcome.out).toBe("");
    expect(outcome.err).toMatch(
      /^etalon needs Node 22\.13 or newer: this one is [\d.]+, and the optional package node-[\w-]+ that brings one is not installed\.\n$/,
    );
  });
});
