import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMain } from "../testing/run-main.ts";
import { tinySeries, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { readStudy } from "./read-study.ts";

const root = temporaryFolder();
const quiet = { language: "en", isJson: true, out: () => {}, err: () => {} } as const;

/** Milliseconds that reading a series of so many slices takes, the best of three. */
async function timeToRead(slices: number): Promise<number> {
  const folder = writeFiles(join(root, String(slices)), tinySeries({ identity: String(slices), slices }));
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    const { ledger } = await readStudy([folder], { choices: new Map() }, quiet);
    times.push(performance.now() - start);
    expect(ledger.stacks.map(({ frames }) => frames.length)).toEqual([slices]);
  }
  return Math.min(...times);
}

describe("a large study", () => {
  // Quadratic work would take 16 times as long; twice the linear time is left for a busy machine.
  it("takes time in proportion to its files", async () => {
    const small = await timeToRead(250);
    const large = await timeToRead(1000);
    expect(large / small).toBeLessThan(8);
  }, 60_000);

  it("tells its progress every 1000 files", async () => {
    const { exitCode, err } = await runMain(["ledger", join(root, "1000"), "--lang", "fr"]);
    expect(exitCode).toBe(0);
    expect(err.split("\n").slice(0, 2)).toEqual(["Lecture de 1000 fichiers", "  1000 lus"]);
  });
});
