import fc from "fast-check";

/**
 * Set-up of every test file: properties draw the same values at each run, so that the gate says the same of the same commit.
 * `ETALON_PROPERTY_SEED=7` draws others, and `ETALON_PROPERTY_RUNS=5000` as many where a test does not say how many itself:
 * for a search by hand, whose finds become examples of their test.
 */
const seed = Number(process.env["ETALON_PROPERTY_SEED"] ?? 1980);
const runs = process.env["ETALON_PROPERTY_RUNS"];
fc.configureGlobal(runs === undefined ? { seed } : { seed, numRuns: Number(runs) });
