/** One worker's share of a cohort: makes its people up, then evaluates every pack on each of them. */
import { parentPort, workerData } from "node:worker_threads";
import { catalog, type Facts, preparePacks } from "@etalon/decide";
import { randomPatient, seededNumbers } from "./random-patient.ts";

const { people, seed } = workerData as { readonly people: number; readonly seed: number };
const random = seededNumbers(seed);
const cohort: Facts[] = Array.from({ length: people }, () => randomPatient(random));
parentPort?.postMessage("ready");
parentPort?.once("message", () => {
  const outcomes = { applies: 0, "does-not": 0, undetermined: 0 };
  const evaluate = preparePacks(catalog);
  for (const facts of cohort) for (const { outcome } of evaluate(facts).verdicts) outcomes[outcome]++;
  parentPort?.postMessage(outcomes);
});
