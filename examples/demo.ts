/**
 * The whole road on a phantom whose truth is known: builds a CT study, measures it with the marks that come with it, asks
 * what published guidance makes of it for a made-up person, writes every document in both languages, and prints the result
 * beside the truth. Run with `npm run demo`; everything is written to `etalon-demo/`.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { notAMedicalDevice } from "@etalon/base";
import { parseResult, type Result } from "@etalon/measure";
import type { ThoraxTruth } from "@etalon/phantom";
import { main } from "../apps/cli/src/main.ts";

const folder = "etalon-demo";
const host = {
  environment: process.env,
  out: () => {},
  err: (text: string) => process.stderr.write(text),
};

async function step(...argv: string[]): Promise<void> {
  const exitCode = await main(argv, host);
  if (exitCode !== 0) process.exit(exitCode);
}

function measured(result: Result, id: string, site: string | undefined): string {
  const output = result.outputs.find((one) => one.id === id && one.site === site && one.item === undefined);
  return output === undefined ? "–" : output.value.toFixed(1);
}

rmSync(folder, { recursive: true, force: true });
await step("phantom", "thorax", folder);
const truth = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")) as ThoraxTruth;
const factor = `mass-calibration-factor=${truth.massCalibrationMgPerCm3PerHu}`;
const analysis = [
  ...["analyze", join(folder, "dicom"), "--marks", join(folder, "marks.json"), "--out", join(folder, "result")],
  ...["--set", factor, "--set", "mass-calibration-factor-source=the phantom's own truth"],
  ...["--facts", join(import.meta.dirname, "demo-facts.json")],
];
await step(...analysis, "--lang", "en", "--format", "json,html,pdf,sr,seg,fhir,csv");
await step(...analysis, "--lang", "fr", "--format", "html,pdf,sr,fhir");
const result = parseResult(JSON.parse(readFileSync(join(folder, "result", "result.json"), "utf8")));
await step("verify", join(folder, "result", "result.json"), join(folder, "dicom"));

const rows = [...truth.arteries, { ...truth.total, label: "total" }].map((artery) => {
  const site = artery.label === "total" ? undefined : artery.label;
  return [
    artery.label.padEnd(6),
    measured(result, "agatston-score", site).padStart(9),
    artery.idealAgatston.toFixed(1).padStart(8),
    measured(result, "volume-score", site).padStart(9),
    artery.volumeMm3.toFixed(1).padStart(8),
    measured(result, "mass-score", site).padStart(9),
    artery.massMg.toFixed(1).padStart(8),
  ].join("");
});
process.stdout.write(`
        Agatston [AU]    volume [mm³]      mass [mg]
       measured   truth measured   truth measured   truth
${rows.join("\n")}

The truth is that of the exact cylinders. A scan blurs and samples them, so more voxels pass 130 HU than calcium fills:
volume and, with the weight of each slice's peak, the Agatston score come out larger; mass, which weighs every voxel by
its density, stays close (docs/phantom-scores.md).
digest ${result.digest}, replayed: identical
Result, pictures, verdicts and documents: ${join(folder, "result")}; begin with ${join(folder, "result", "report.en.html")}
${notAMedicalDevice.en}
`);
