import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import { type AnyProtocol, catalog, parseMarks, type Result, runProtocol } from "@etalon/measure";
import { type Arguments, readArguments } from "../arguments.ts";
import { readChoices } from "../choices.ts";
import { readJsonFile } from "../json-file.ts";
import { drawLesions } from "../pictures/draw-lesions.ts";
import { readQuantity } from "../quantity.ts";
import { type ReadStudy, readStudy } from "../sources/read-study.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { resultText } from "../text/result-text.ts";
import { currentBuild } from "../version.ts";

const DEFAULT_PROTOCOL = "coronary/calcium-score";

/** `etalon analyze <path…>`: measures a study, prints the result, writes `result.json` and a picture of each lesion. */
export async function analyze(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: ["protocol", "marks", "out"], pairs: ["set", "value", "choose"] });
  const protocol = findProtocol(given.options.protocol ?? DEFAULT_PROTOCOL);
  requirePaths(protocol, given.paths);
  const marks = given.options.marks === undefined ? null : parseMarks(await readJsonFile(given.options.marks));
  const choices = readChoices(given.pairs.choose ?? []);
  const numbers = await readNumbers(protocol, given);
  const study = await readStudy(given.paths, choices.versions, terminal);
  requireImages(protocol, given.paths, study);
  const result = await runProtocol({
    protocol,
    ledger: study.ledger,
    readFrame: study.readFrame,
    marks,
    overrides: Object.fromEntries(given.pairs.set ?? []),
    numbers,
    roleChoices: choices.roles,
    versionChoices: choices.versions,
    build: currentBuild(),
    onStage: (stage, detail) => sayStage(stage, detail, terminal),
  });
  if (terminal.isJson) printJson(terminal, result);
  else terminal.out(resultText(result, protocol, terminal.language));
  if (given.options.out !== undefined || !terminal.isJson) await writeResult(result, study, { given, terminal });
  return 0;
}

/** @throws {EtalonError} `unknown-name` */
export function findProtocol(id: string): AnyProtocol {
  const protocol = catalog.find((candidate) => candidate.id === id);
  if (protocol !== undefined) return protocol;
  const expected = catalog.map((known) => known.id).join(", ");
  throw new EtalonError("unknown-name", { field: "--protocol", received: id, details: { expected } });
}

function requirePaths(protocol: AnyProtocol, paths: readonly string[]): void {
  const needsImages = Object.values(protocol.roles).some(({ kind }) => kind === "series");
  if (needsImages && paths.length === 0) throw new EtalonError("missing-value", { field: "path" });
}

/** Without a single image the reason of the first file that failed is worth more than "nothing found". */
function requireImages(protocol: AnyProtocol, paths: readonly string[], study: ReadStudy): void {
  const needsImages = Object.values(protocol.roles).some(({ kind }) => kind === "series");
  if (!needsImages || study.ledger.stacks.length > 0) return;
  const reasons = study.ledger.entries
    .slice(0, 3)
    .map(({ path, reason }) => `${path}: ${reason?.errorCode ?? reason?.code ?? "?"}`);
  throw new EtalonError("no-images", { field: paths.join(", "), details: { reasons: reasons.join("; ") } });
}

async function readNumbers(protocol: AnyProtocol, given: Arguments): Promise<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const [name, text] of given.pairs.value ?? []) {
    const role = Object.hasOwn(protocol.roles, name) ? protocol.roles[name] : undefined;
    if (role?.kind !== "number") {
      const expected = Object.entries(protocol.roles)
        .filter(([, known]) => known.kind === "number")
        .map(([id]) => id);
      throw new EtalonError("unknown-name", {
        field: "--value",
        received: name,
        details: { expected: expected.join(", ") || "none" },
      });
    }
    numbers[name] = await readQuantity(name, text, role.unit);
  }
  return numbers;
}

function sayStage(stage: "loading" | "measuring", detail: string, terminal: Terminal): void {
  if (stage === "loading") say(terminal, { en: `Loading ${detail} voxels`, fr: `Chargement de ${detail} voxels` });
  else say(terminal, { en: `Measuring ${detail}`, fr: `Mesure ${detail}` });
}

async function writeResult(
  result: Result,
  study: ReadStudy,
  { given, terminal }: { readonly given: Arguments; readonly terminal: Terminal },
): Promise<void> {
  const name = `${result.protocol.id.replaceAll("/", "-")}-${result.digest.slice(0, 8)}`;
  const folder = given.options.out ?? join("etalon-results", name);
  await mkdir(folder, { recursive: true });
  const file = join(folder, "result.json");
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  const pictures = await drawLesions(result, study);
  for (const { name: picture, png } of pictures) await writeFile(join(folder, picture), png);
  say(terminal, {
    en: `Wrote ${file}${pictures.length > 0 ? ` and ${pictures.length} pictures` : ""}`,
    fr: `Écrit ${file}${pictures.length > 0 ? ` et ${pictures.length} images` : ""}`,
  });
}
