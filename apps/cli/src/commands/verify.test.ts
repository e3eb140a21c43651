import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";
import { tinySeries, writeAt, writeFiles } from "../testing/study-files.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const root = temporaryFolder();
const study = writeFiles(join(root, "study"), tinySeries());
const empty = join(root, "empty");
mkdirSync(empty);

async function stored(name: string, ...argv: readonly string[]): Promise<string> {
  const { exitCode } = await runJson("analyze", ...argv, "--out", join(root, name));
  expect(exitCode).toBe(0);
  return join(root, name, "result.json");
}

/** A copy of a stored result with one value changed. */
function tampered(file: string, change: (result: Record<string, unknown>) => void): string {
  const result = JSON.parse(readFileSync(file, "utf8"));
  change(result);
  return writeAt(`${file}.${Object.keys(result).length}-tampered.json`, JSON.stringify(result));
}

describe("verify", async () => {
  const file = await stored("result", study);

  it("says identical", async () => {
    const { exitCode, answer } = await runJson("verify", file, study);
    expect({ exitCode, answer }).toMatchObject({
      exitCode: 0,
      answer: { schema: "etalon.verdict/1", verdict: "identical", isSameBuild: true },
    });
    expect((await runMain(["verify", file, study])).out).toMatch(/^identical\n {2}digest [0-9a-f]{64}\n$/);
    expect((await runMain(["verify", file, study, "--lang", "fr"])).out).toMatch(/^identique\n/);
  });

  it("ignores images that the result was not made from", async () => {
    const more = writeFiles(join(root, "more"), [...tinySeries()]);
    writeFiles(join(more, "other"), tinySeries({ identity: "other" }));
    expect((await runMain(["verify", file, more])).exitCode).toBe(0);
  });

  it("names the image in which one bit of one pixel was flipped", async () => {
    const files = tinySeries().map(({ name, bytes }) => ({ name, bytes: bytes.slice() }));
    const last = files.at(-1)?.bytes ?? new Uint8Array();
    last[last.length - 2] = (last.at(-2) ?? 0) ^ 1;
    const { exitCode, answer } = await runJson("verify", file, writeFiles(join(root, "flipped"), files));
    const uids = (await runJson("ledger", join(study, "IM0004.dcm"))).answer.entries;
    expect({ exitCode, answer }).toMatchObject({ exitCode: 4, answer: { difference: { kind: "instance" } } });
    expect(JSON.stringify(uids)).toContain((answer.difference as { readonly where: string }).where);
  });

  it("names the value, the parameter or the image that is not what it was", async () => {
    const value = tampered(file, (result) => Object.assign((result.outputs as object[])[0] ?? {}, { value: 31 }));
    expect((await runMain(["verify", value, study])).exitCode).toBe(4);
    expect((await runMain(["verify", value, study])).out).toContain("differs: value outputs.0.value");
    const recipe = tampered(file, (result) => {
      const { parameters } = result.recipe as { readonly parameters: readonly object[] };
      Object.assign(parameters[0] ?? {}, { value: 131, source: "override" });
    });
    expect((await runMain(["verify", recipe, study])).out).toContain("differs: parameter threshold");
    const { exitCode, answer } = await runJson("verify", file, empty);
    expect({ exitCode, answer }).toMatchObject({
      exitCode: 4,
      answer: { verdict: "differs", difference: { kind: "instance", found: "absent" } },
    });
  });

  it("asks for the images that a result needs", async () => {
    const { exitCode, answer } = await runJson("verify", file);
    expect({ exitCode, code: answer.code, field: answer.field }).toEqual({
      exitCode: 2,
      code: "missing-value",
      field: "path",
    });
  });

  it.each([
    ["a missing result", join(root, "none.json"), "file-not-found"],
    ["what is not JSON", writeAt(join(root, "text.json"), "identical"), "file-unreadable"],
    ["another document", writeAt(join(root, "other.json"), '{"schema":"etalon.marks/1"}'), "schema-mismatch"],
  ])("refuses %s", async (_, result, code) => {
    const { exitCode, answer } = await runJson("verify", result, study);
    expect({ exitCode, code: answer.code }).toEqual({ exitCode: 3, code });
  });

  it("needs no path for a result without images", async () => {
    const values = ["--value", "peak-systolic-velocity=60cm/s", "--value", "end-diastolic-velocity=18cm/s"];
    const doppler = await stored("doppler", "--protocol", "vascular/doppler-resistive-index", ...values);
    expect((await runMain(["verify", doppler])).exitCode).toBe(0);
    const wrong = tampered(doppler, (result) => {
      Object.assign((result.recipe as { readonly numbers: object[] }).numbers[0] ?? {}, { value: 61 });
    });
    expect((await runMain(["verify", wrong])).out).toContain("differs: number given peak-systolic-velocity");
  });

  it("replays choices of version, of series and of parameters", async () => {
    const [, other] = tinySeries({ calciumHu: 350 });
    const versions = writeFiles(join(root, "versions"), tinySeries());
    writeAt(join(versions, "other.dcm"), other?.bytes ?? "");
    writeFiles(join(versions, "second"), tinySeries({ identity: "second" }));
    const { answer } = await runJson("analyze", versions, "--choose", "calcium-ct=2.25.0");
    expect(answer.code).toBe("unknown-choice");
    const undecided = await runJson("ledger", versions);
    const [stack] = (
      undecided.answer.summary as {
        stacks: { id: string; undecided: { sopInstanceUid: string; dataSetSha256: string[] }[] }[];
      }
    ).stacks.filter(({ undecided: list }) => list.length > 0);
    const [version] = stack?.undecided ?? [];
    const chosen = await stored(
      "chosen",
      versions,
      ...["--choose", `${version?.sopInstanceUid}=${version?.dataSetSha256[1]}`],
      ...["--choose", `calcium-ct=${stack?.id}`],
      ...["--set", "minimum-area=2", "--set", "tube-voltage=100", "--set", "tube-voltage-source=the protocol sheet"],
    );
    expect(await runJson("verify", chosen, versions)).toMatchObject({ exitCode: 0, answer: { verdict: "identical" } });
  });
});
