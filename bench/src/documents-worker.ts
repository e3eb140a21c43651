/**
 * `documents-worker.ts <dicom folder> <marks.json>`: a fresh process measures a study once, then makes every document of the
 * result again and again; one line of JSON with the times. The first round loads the renderers and compiles the WASM.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseFacts } from "@etalon/decide";
import { catalog, parseMarks, prepareRun } from "@etalon/measure";
import { gatherReportInput } from "@etalon/report";
import { formats } from "../../apps/cli/src/documents/formats.ts";
import { makeDocuments } from "../../apps/cli/src/documents/make-documents.ts";
import { drawLesions } from "../../apps/cli/src/pictures/draw-lesions.ts";
import { readStudy } from "../../apps/cli/src/sources/read-study.ts";

const ROUNDS = 9;

const [dicom = "", marks = ""] = process.argv.slice(2);
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const silent = { language: "fr", isJson: true, out: () => {}, err: () => {} } as const;
const study = await readStudy([dicom], { choices: new Map() }, silent);
const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
if (protocol === undefined) throw new Error("no calcium score");
const run = await prepareRun({
  ...{ protocol, ledger: study.ledger, readFrame: study.readFrame, marks: parseMarks(readJson(marks)) },
  ...{ overrides: {}, numbers: {}, roleChoices: {}, versionChoices: new Map() },
  build: { etalon: "bench", engine: "bench" },
});
const result = run.measure();
const facts = parseFacts(readJson(join(import.meta.dirname, "../../examples/demo-facts.json")));

const rounds: number[] = [];
let bytes = 0;
let files = 0;
for (let round = 0; round < ROUNDS; round++) {
  const began = performance.now();
  const mask = run.outline();
  const { keyImages } = await drawLesions(result, mask, study);
  const input = await gatherReportInput({
    ...{ result, protocol, study, facts, keyImages, indication: undefined, showsEthnicity: false },
    ...{ language: "fr", createdAt: "2026-11-22T12:00:00.000Z" },
  });
  const documents = await makeDocuments(new Set(formats), { input, mask, maps: [], curves: [], isReversed: false });
  rounds.push((performance.now() - began) / 1000);
  bytes = documents.reduce((sum, { content }) => sum + content.length, 0);
  files = documents.length;
}
process.stdout.write(
  `${JSON.stringify({ rounds, bytes, files, lesions: result.candidates.filter(({ item }) => item !== undefined).length })}\n`,
);
