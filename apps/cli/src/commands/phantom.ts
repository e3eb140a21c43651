import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EtalonError, InputError } from "@etalon/base";
import { type PhantomRequest, phantomKinds } from "@etalon/phantom";
import { readArguments } from "../arguments.ts";
import { printJson, say, type Terminal } from "../terminal.ts";

/** `etalon phantom KIND DIR`: writes a synthetic study, its truth and the marks that a perfect reader would draw. */
export async function phantom(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: ["thickness", "increment", "kvp", "seed"], pairs: [] });
  const [kindId, folder, ...rest] = given.paths;
  if (kindId === undefined || folder === undefined) throw new EtalonError("missing-value", { field: "KIND DIR" });
  if (rest.length > 0) throw new EtalonError("usage", { field: "DIR", received: rest.join(" ") });
  const kind = phantomKinds.find(({ id }) => id === kindId);
  if (kind === undefined) {
    const expected = phantomKinds.map(({ id }) => id).join(", ");
    throw new EtalonError("unknown-name", { field: "KIND", received: kindId, details: { expected } });
  }
  const { thickness, increment, kvp, seed } = given.options;
  const built = kind.build({
    ...named("thicknessMm", readNumber("--thickness", thickness)),
    ...named("incrementMm", readNumber("--increment", increment)),
    ...named("kvp", readNumber("--kvp", kvp)),
    ...named("seed", readNumber("--seed", seed)),
  });
  say(terminal, { en: `Building ${built.slices} slices`, fr: `Construction de ${built.slices} coupes` });
  const dicom = join(folder, "dicom");
  await mkdir(dicom, { recursive: true });
  for (const { name, bytes } of built.files) await writeFile(join(dicom, name), bytes);
  const truth = join(folder, "truth.json");
  const marks = join(folder, "marks.json");
  await writeFile(truth, `${JSON.stringify(built.truth, null, 2)}\n`);
  await writeFile(marks, `${JSON.stringify(built.marks, null, 2)}\n`);
  if (terminal.isJson) printJson(terminal, { dicom, truth, marks, slices: built.slices });
  else terminal.out(`${dicom}\n${truth}\n${marks}\n`);
  return 0;
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
