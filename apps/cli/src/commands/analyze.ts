import { EtalonError, InputError } from "@etalon/base";
import type { Facts } from "@etalon/decide";
import { type AnyProtocol, catalog, parseMarks, prepareRun, resolveParameters } from "@etalon/measure";
import { type Arguments, readArguments } from "../arguments.ts";
import { readChoices } from "../choices.ts";
import { readJsonFile } from "../json-file.ts";
import { readQuantity } from "../quantity.ts";
import { registerInputs } from "../registration/register-inputs.ts";
import type { RigidRegistration } from "../registration/rigid-registration.ts";
import { labelMapPaths, withLabelMapHashes } from "../sources/label-map-files.ts";
import { type ReadStudy, readStudy } from "../sources/read-study.ts";
import { researchOptions } from "../sources/research-options.ts";
import { fileOfRole, readRoles, seriesOfRoles } from "../sources/role-files.ts";
import { say, type Terminal } from "../terminal.ts";
import { reasonText } from "../text/reason-text.ts";
import { currentBuild } from "../version.ts";
import { deliver, readWanted } from "./deliver.ts";

const DEFAULT_PROTOCOL = "coronary/calcium-score";
/** Files whose reason is given when none is an image. */
const NAMED_REASONS = 3;

/** `etalon analyze <path…>`: measures a study, prints the result, writes `result.json`, a picture of each lesion and the documents asked for. */
export async function analyze(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, {
    options: ["protocol", "marks", "out", "facts", "format", "indication", "show", "register"],
    pairs: ["set", "value", "choose", "role"],
  });
  const protocol = findProtocol(given.options.protocol ?? DEFAULT_PROTOCOL);
  const roles = readRoles(given.pairs.role ?? []);
  const overrides = Object.fromEntries(given.pairs.set ?? []);
  // A wrong parameter is said before thousands of files are read.
  const resolved = resolveParameters(protocol, overrides);
  const marks = given.options.marks === undefined ? null : parseMarks(await readJsonFile(given.options.marks));
  const wanted = await readWanted(given.options);
  const choices = readChoices(given.pairs.choose ?? []);
  const numbers = { ...numbersOfFacts(protocol, wanted.facts), ...(await readNumbers(protocol, given)) };
  const registration = await readRegistration(given.options.register);
  const labelMaps = labelMapPaths(marks, given.options.marks);
  const images = [...given.paths, ...new Set(roles.flatMap(({ name, isFile }) => (isFile ? [fileOfRole(name)] : [])))];
  requirePaths(protocol, images);
  const research = researchOptions((id) => resolved.find((one) => one.id === id)?.value);
  const study = await readStudy([...images, ...labelMaps.values()], { choices: choices.versions, research }, terminal);
  const roleChoices = { ...choices.roles, ...seriesOfRoles(roles, study.ledger) };
  requireImages(protocol, study, { paths: images, terminal });
  const drawn = withLabelMapHashes(marks, labelMaps, study.ledger);
  const source = { protocol, ledger: study.ledger, readFrame: study.readFrame, roleChoices, marks: drawn };
  const onImage = (done: number, total: number): void =>
    say(terminal, { en: `Registered ${done} of ${total} images`, fr: `Recalage de ${done} images sur ${total}` });
  const run = await prepareRun({
    protocol,
    ledger: study.ledger,
    readFrame: study.readFrame,
    marks: registration === null ? drawn : await registerInputs({ ...source, onImage }, registration),
    overrides,
    numbers,
    roleChoices,
    versionChoices: choices.versions,
    versionChoiceSources: choices.sources,
    build: currentBuild(),
    onStage: (stage, detail) => sayStage(stage, detail, terminal),
  });
  await deliver(wanted, {
    ...{ result: run.measure(), protocol, study, terminal },
    ...{ outline: run.outline, maps: run.maps, curves: run.curves },
  });
  return 0;
}

/** The registration that is asked for, before any file is read; `null` for none. */
async function readRegistration(asked = "none"): Promise<RigidRegistration | null> {
  if (asked === "none") return null;
  if (asked !== "rigid") throw new InputError("unknown-name", "--register", asked, "none, rigid");
  // WebAssembly and its loader are read only for who asks for them.
  const { loadElastix } = await import("../registration/load-elastix.ts");
  return loadElastix();
}

function findProtocol(id: string): AnyProtocol {
  const protocol = catalog.find((candidate) => candidate.id === id);
  if (protocol !== undefined) return protocol;
  throw new InputError("unknown-name", "--protocol", id, catalog.map((known) => known.id).join(", "));
}

function needsImages(protocol: AnyProtocol): boolean {
  return Object.values(protocol.roles).some(({ kind }) => kind === "series");
}

function requirePaths(protocol: AnyProtocol, paths: readonly string[]): void {
  if (needsImages(protocol) && paths.length === 0) throw new EtalonError("missing-value", { field: "path" });
}

/** Without a single image the reasons of the first files are worth more than "nothing found". */
function requireImages(
  protocol: AnyProtocol,
  study: ReadStudy,
  { paths, terminal }: { readonly paths: readonly string[]; readonly terminal: Terminal },
): void {
  if (!needsImages(protocol) || study.ledger.stacks.length > 0) return;
  const { language } = terminal;
  const { entries } = study.ledger;
  const reasons = entries
    .slice(0, NAMED_REASONS)
    .flatMap(({ path, reason }) => (reason === undefined ? [] : `${path}: ${reasonText(reason, language)}`));
  if (entries.length > NAMED_REASONS) reasons.push("…");
  if (entries.length === 0) reasons.push(language === "fr" ? "aucun fichier" : "no file in it");
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
      throw new InputError("unknown-name", "--value", name, expected.join(", ") || "–");
    }
    numbers[name] = await readQuantity(name, text, role.unit);
  }
  return numbers;
}

/** Numbers that the facts say and that the protocol can do without; what is given as a value goes before. */
function numbersOfFacts(protocol: AnyProtocol, facts: Facts): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const { id, value, unit } of facts.values()) {
    const role = Object.hasOwn(protocol.roles, id) ? protocol.roles[id] : undefined;
    if (role?.kind !== "number" || typeof value !== "number") continue;
    if (role.unit === unit) numbers[id] = value;
    else if (role.unit === "1" && unit === "%") numbers[id] = value / 100;
  }
  return numbers;
}

function sayStage(stage: "loading" | "measuring", detail: string, terminal: Terminal): void {
  if (stage === "loading") say(terminal, { en: `Loading ${detail} voxels`, fr: `Chargement de ${detail} voxels` });
  else say(terminal, { en: `Measuring ${detail}`, fr: `Mesure ${detail}` });
}
