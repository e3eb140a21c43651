/**
 * `folder-worker.ts <dicom folder> <marks.json>`: `etalon analyze --json` on the folder in a process of its own, then one
 * line of JSON with the sums by artery and the largest resident set.
 */
import { parseResult } from "@etalon/measure";
import { main } from "../../apps/cli/src/main.ts";
import { sitesOfOutputs } from "./measure-with-protocol.ts";
import { peakBytes } from "./peak-bytes.ts";

const [folder = "", marksPath = ""] = process.argv.slice(2);
let printed = "";
const exitCode = await main(["analyze", folder, "--marks", marksPath, "--json"], {
  environment: process.env,
  out: (text) => {
    printed += text;
  },
  err: () => {},
});
if (exitCode !== 0) throw new Error(`etalon analyze ended with ${exitCode}: ${printed}`);
const sites = sitesOfOutputs(parseResult(JSON.parse(printed)).outputs);
process.stdout.write(`${JSON.stringify({ sites, peakBytes: peakBytes() })}\n`);
