/**
 * `score-worker.ts <dicom folder> <marks.json>`: loads the study, then answers commands on it with its scores and the time
 * they took: `score` and `slabs` (averaged to 3 mm first) on the kernels alone, `protocol` all that
 * `coronary/calcium-score` does with voxels in memory.
 */
import { averageToSlabs } from "@etalon/volume";
import { answerCommands } from "./command-lines.ts";
import { loadStudy } from "./load-study.ts";
import { measureWithProtocol } from "./measure-with-protocol.ts";
import { scoreInMemory } from "./score-in-memory.ts";
import type { SiteScore } from "./site-score.ts";
import { readSphereMarks } from "./sphere-marks.ts";

const [folder = "", marksPath = ""] = process.argv.slice(2);
const spheres = await readSphereMarks(marksPath);
const series = await loadStudy(folder);

const tasks: Readonly<Record<string, () => readonly SiteScore[]>> = {
  score: () => scoreInMemory(series.volume, spheres),
  slabs: () => scoreInMemory(averageToSlabs(series.volume, { slabThicknessMm: 3 }), spheres),
  protocol: () => measureWithProtocol(series, spheres),
};

await answerCommands(async (command) => {
  if (!Object.hasOwn(tasks, command)) throw new Error(`unknown command ${command}`);
  const before = performance.now();
  const sites = tasks[command]();
  return { seconds: (performance.now() - before) / 1000, sites };
});
