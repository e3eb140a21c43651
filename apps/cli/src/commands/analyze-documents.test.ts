import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, readPart10, textOf } from "@etalon/dicom";
import { parseResult } from "@etalon/measure";
import { originId } from "@etalon/report";
import { createFhirValidator } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { tinyMarks, tinySeries, writeAt, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();
const attributes = {
  PatientName: "Lefèvre-Desnoyers^Anne-Françoise",
  PatientBirthDate: "19640229",
  PatientSex: "F",
  StudyDate: "20260228",
};
const study = writeFiles(join(root, "study"), tinySeries({ attributes }));
const marks = writeAt(join(root, "marks.json"), JSON.stringify(tinyMarks));
const factsOf = (name: string, ...facts: readonly Readonly<Record<string, unknown>>[]) =>
  writeAt(join(root, `${name}.json`), JSON.stringify({ schema: "etalon.facts/1", facts }));
const facts = factsOf(
  "facts",
  { id: "ethnicity", value: "hispanic" },
  { id: "diabetes", value: false },
  { id: "risk-region", value: "low" },
);

async function run(folder: string, ...argv: readonly string[]) {
  const { exitCode, err } = await runMain(["analyze", study, "--marks", marks, "--out", join(root, folder), ...argv]);
  expect({ exitCode, err: exitCode === 0 ? "" : err }).toEqual({ exitCode: 0, err: "" });
  const files = readdirSync(join(root, folder)).toSorted();
  const text = (name: string) => readFileSync(join(root, folder, name), "utf8");
  return { files, text, bytes: (name: string) => readFileSync(join(root, folder, name)) };
}

describe("--format", () => {
  it("writes every document, each named by its language where it speaks one", async () => {
    const { files, text, bytes } = await run(
      "all",
      "--facts",
      facts,
      "--format",
      "json,html,pdf,sr,seg,fhir,csv",
      "--lang",
      "fr",
    );
    expect(files).toEqual(
      [
        ...[
          "lesion-L1-LAD.png",
          "lesion-L1.sc.dcm",
          "lesions.png",
          "lesions.seg.dcm",
          "patient.fr.html",
          "patient.fr.pdf",
        ],
        ...["report.fr.fhir.json", "report.fr.html", "report.fr.pdf", "report.fr.pdf.dcm", "report.fr.sr.dcm"],
        ...["result.csv", "result.json", "verdicts.json"],
      ].toSorted(),
    );
    const validator = await createFhirValidator();
    expect(validator(JSON.parse(text("report.fr.fhir.json")))).toEqual([]);
    expect(bytes("report.fr.pdf").subarray(0, 5).toString("latin1")).toBe("%PDF-");
    for (const name of files.filter((file) => file.endsWith(".dcm"))) {
      const { dataSet } = await readPart10(bytesSource(name, bytes(name)), { until: "pixel-data" });
      expect(textOf(dataSet, "0020000D")).toMatch(/^[0-9.]+$/);
      expect(dataSet["00100010"]?.Value).toEqual([{ Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise" }]);
    }
    // Never stored or exported: the fact is withheld everywhere.
    for (const name of files.filter((file) => /\.(html|json|csv)$/.test(file)))
      expect(text(name)).not.toMatch(/hispani/i);
  });

  it("gives each number of the HTML an id that leads to the result", async () => {
    const { text } = await run("followed", "--facts", facts, "--format", "html", "--lang", "en");
    const result = parseResult(JSON.parse(text("result.json")));
    const numbers = [...text("report.en.html").matchAll(/<data id="result\.([^"]+)" value="([^"]+)"/g)];
    expect(numbers.length).toBeGreaterThan(10);
    const known = new Map(
      result.outputs.map(({ id, site, item, value }) => {
        const origin = { kind: "result", output: id, ...(site === undefined ? {} : { site }) } as const;
        return [originId(item === undefined ? origin : { ...origin, item }), String(value)];
      }),
    );
    // A number said again has the same id with "~2", "~3" …
    for (const [, id = "", value] of numbers) expect(known.get(`result.${id.replace(/~\d+$/, "")}`), id).toBe(value);
  });

  it("takes age and sex from the header, the score from the result, and says so", async () => {
    const { text } = await run("header", "--format", "csv");
    const { facts: known } = JSON.parse(text("verdicts.json")) as {
      readonly facts: readonly Readonly<Record<string, unknown>>[];
    };
    // Born on 29 February 1964, examined on 28 February 2026: 61 completed years.
    expect(known).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: "age", value: 61, source: "dicom-header PatientBirthDate, StudyDate" }),
        expect.objectContaining({ id: "sex", value: "female", source: "dicom-header PatientSex" }),
        expect.objectContaining({
          id: "agatston-score",
          value: 32,
          source: expect.stringMatching(/^result [0-9a-f]{64}$/),
        }),
      ]),
    );
  });

  it("writes the same bytes again, and keeps the images of one result in both languages", async () => {
    const argv = ["--facts", facts, "--format", "sr,seg,csv"];
    const first = await run("again", ...argv, "--lang", "en");
    const before = new Map(first.files.map((name) => [name, first.bytes(name)]));
    const second = await run("again", ...argv, "--lang", "en");
    for (const name of second.files) expect(before.get(name)?.equals(second.bytes(name)), name).toBe(true);
    const french = await run("again", ...argv, "--lang", "fr");
    for (const name of first.files) expect(before.get(name)?.equals(french.bytes(name)), name).toBe(true);
    expect(french.files).toContain("report.fr.sr.dcm");
  });

  it("moves verdicts on other facts aside with their documents", async () => {
    await run("moved", "--facts", facts, "--format", "html");
    const other = factsOf("other", { id: "diabetes", value: true });
    const { files } = await run("moved", "--facts", other, "--format", "html");
    const [earlier] = files.filter((name) => name.startsWith("earlier-"));
    expect(readdirSync(join(root, "moved", earlier ?? ""))).toEqual(
      expect.arrayContaining(["report.en.html", "verdicts.json", "result.json"]),
    );
  });

  it("prints what applies, and which facts are missing", async () => {
    const { out } = await runMain([
      "analyze",
      study,
      "--marks",
      marks,
      "--out",
      join(root, "printed"),
      "--facts",
      facts,
    ]);
    expect(out).toMatch(/Category of the guidelines: Category 1–99/);
    expect(out).toMatch(/Undetermined \(\d+\): needs .*current-smoker/);
  });

  it("writes documents of a measurement without images, and no DICOM of it", async () => {
    const folder = join(root, "doppler");
    const velocities = ["--value", "peak-systolic-velocity=60cm/s", "--value", "end-diastolic-velocity=20cm/s"];
    const { exitCode, err } = await runMain([
      ...["analyze", "--protocol", "vascular/doppler-resistive-index", ...velocities],
      ...["--format", "html,pdf,sr,seg,fhir,csv", "--out", folder],
    ]);
    expect({ exitCode, err: exitCode === 0 ? "" : err }).toEqual({ exitCode: 0, err: "" });
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(["report.en.html", "report.en.pdf", "report.en.fhir.json", "result.csv"]),
    );
    expect(readdirSync(folder).filter((name) => name.endsWith(".dcm"))).toEqual([]);
  });
});

describe("refusals", () => {
  it.each([
    ["unknown-name", 2, ["--format", "docx"]],
    ["unknown-name", 2, ["--show", "name"]],
    ["unknown-fact", 3, ["--facts", factsOf("colour", { id: "colour", value: "blue" })]],
    ["contradictory-facts", 3, ["--facts", factsOf("man", { id: "sex", value: "male" })]],
    ["contradictory-facts", 3, ["--facts", factsOf("old", { id: "age", value: 70, unit: "a" })]],
    ["contradictory-facts", 3, ["--facts", factsOf("scored", { id: "agatston-score", value: 33 })]],
  ] as const)("%s, exit %i, of %s", async (code, exitCode, argv) => {
    const folder = join(root, `refused-${code}-${argv[1].split("/").at(-1)}`);
    const refused = await runJson("analyze", study, "--marks", marks, "--out", folder, ...argv);
    expect({ exitCode: refused.exitCode, code: refused.answer.code }).toEqual({ exitCode, code });
    expect(existsSync(folder)).toBe(false);
  });
});
