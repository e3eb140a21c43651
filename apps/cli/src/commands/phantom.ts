import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError, InputError } from "@etalon/base";
import { type PhantomRequest, phantomKinds } from "@etalon/phantom";
import { readArguments } from "../arguments.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { writeOutput } from "../write-output.ts";

/**
 * `etalon phantom KIND DIR`: writes a synthetic study, its truth and the marks that a perfect reader would draw. What is
 * already there is never written over, nor mixed with.
 */
export async function phantom(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: ["thickness", "increment", "kvp", "seed"], pairs: [] });
  const [kindId, folder, ...rest] = given.paths;
  if (kindId === undefined || folder === undefined) throw new EtalonError("missing-value", { field: "KIND DIR" });
  if (rest.length > 0) throw new EtalonError("unexpected-argument", { field: "KIND DIR", received: rest.join(" ") });
  const kind = phantomKinds.find(({ id }) => id === kindId);
  if (kind === undefined) {
    throw new InputError("unknown-name", "KIND", kindId, phantomKinds.map(({ id }) => id).join(", "));
  }
  const { thickness, increment, kvp, seed } = given.options;
  const built = kind.build({
    ...named("thicknessMm", readNumber("--thickness", thickness)),
    ...named("incrementMm", readNumber("--increment", increment)),
    ...named("kvp", readNumber("--kvp", kvp)),
    ...named("seed", readNumber("--seed", seed)),
  });
  const [dicom, truth, marks] = [join(folder, "dicom"), join(folder, "truth.json"), join(folder, "marks.json")];
  for (const path of [dicom, truth, marks]) await requireAbsent(path);
  say(terminal, { en: `Building ${built.slices} slices`, fr: `Construction de ${built.slices} coupes` });
  for (const { name, bytes } of built.files) await writeOutput(join(dicom, name), bytes);
  await writeOutput(truth, `${JSON.stringify(built.truth, null, 2)}\n`);
  await writeOutput(marks, `${JSON.stringify(built.marks, null, 2)}\n`);
  if (terminal.isJson) printJson(terminal, { dicom, truth, marks, slices: built.slices });
  else terminal.out(`${dicom}\n${truth}\n${marks}\n`);
  return 0;
}

async function requireAbsent(path: string): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new EtalonError("already-exists", { field: path });
}

function readNumber(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new InputError("wrong-type", field, text, "number");
  return value;
}

function named(name: keyof PhantomRequest, value: number | undefined): PhantomRequest {
  return value === undefined ? {} : { [name]: value };
}
