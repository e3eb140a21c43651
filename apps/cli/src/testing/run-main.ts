import { main } from "../main.ts";

/** What one run of the program said. */
export interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program with its output captured; messages are in English unless the environment says otherwise. */
export async function runMain(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Run> {
  let [out, err] = ["", ""];
  const exitCode = await main(argv, {
    environment,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { exitCode, out, err };
}

/** Runs the program under `--json`; what it printed must be one JSON object. */
export async function runJson(
  ...argv: readonly string[]
): Promise<{ readonly exitCode: number; readonly answer: Readonly<Record<string, unknown>>; readonly err: string }> {
  const { exitCode, out, err } = await runMain([...argv, "--json"]);
  const answer: unknown = JSON.parse(out);
  if (typeof answer !== "object" || answer === null) throw new Error(`not one JSON object: ${out}`);
  return { exitCode, answer: { ...answer }, err };
}
