import { errorTable, isErrorCode } from "@etalon/base";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { runJson, runMain } from "./testing/run-main.ts";

describe("help and version", () => {
  it("prints the help on standard output when asked, on standard error when nothing was asked", async () => {
    const asked = await runMain(["--help"]);
    const bare = await runMain([]);
    expect(asked).toMatchObject({ exitCode: 0, err: "" });
    expect(asked.out).toContain("etalon verify RESULT");
    expect(bare).toEqual({ exitCode: 2, out: "", err: asked.out });
  });

  it("names in the help every command, in both languages", async () => {
    const known = await runJson("nonsense");
    const { expected } = { ...(known.answer.details as { readonly expected: string }) };
    for (const language of ["en", "fr"]) {
      const { out } = await runMain(["help", "--lang", language]);
      for (const command of expected.split(", ")) expect(out).toContain(`etalon ${command} `);
    }
  });

  it("prints the version", async () => {
    expect(await runMain(["--version"])).toEqual({ exitCode: 0, out: `${manifest.version}\n`, err: "" });
    expect((await runJson("--version")).answer).toEqual({ version: manifest.version });
    expect((await runJson("--help")).answer).toHaveProperty("help");
  });
});

describe("usage errors", () => {
  const cases = [
    { asked: "an unknown command", argv: ["analyse"], code: "unknown-name", field: "command" },
    { asked: "no command", argv: [], code: "missing-value", field: "command" },
    { asked: "an unknown option", argv: ["analyze", "x", "--treshold=1"], code: "unknown-name", field: "option" },
    { asked: "an unknown short option", argv: ["analyze", "x", "-v"], code: "unknown-name", field: "option" },
    { asked: "an option of another command", argv: ["protocols", "--out", "x"], code: "unknown-name", field: "option" },
    { asked: "a value for --json", argv: ["protocols", "--json=yes"], code: "unknown-name", field: "option" },
    { asked: "an unknown language", argv: ["protocols", "--lang", "xx"], code: "unknown-name", field: "--lang" },
    { asked: "a language left out", argv: ["protocols", "--lang"], code: "missing-value", field: "--lang" },
    {
      asked: "an option for a value",
      argv: ["analyze", "x", "--marks", "--out", "y"],
      code: "missing-value",
      field: "--marks",
    },
    { asked: "a pair without =", argv: ["analyze", "x", "--set", "threshold"], code: "wrong-type", field: "--set" },
    { asked: "a pair without a name", argv: ["analyze", "x", "--value", "=3"], code: "wrong-type", field: "--value" },
    {
      asked: "an option given twice",
      argv: ["analyze", "x", "--out", "a", "--out", "b"],
      code: "given-twice",
      field: "--out",
    },
    {
      asked: "a parameter set twice",
      argv: ["analyze", "x", "--set", "a=1", "--set", "a=2"],
      code: "given-twice",
      field: "--set a",
    },
    { asked: "analyze without a path", argv: ["analyze"], code: "missing-value", field: "path" },
    { asked: "ledger without a path", argv: ["ledger"], code: "missing-value", field: "path" },
    { asked: "verify without a result", argv: ["verify"], code: "missing-value", field: "RESULT" },
    { asked: "phantom without a folder", argv: ["phantom", "thorax"], code: "missing-value", field: "KIND DIR" },
    {
      asked: "phantom with too much",
      argv: ["phantom", "thorax", "a", "b"],
      code: "unexpected-argument",
      field: "KIND DIR",
    },
    { asked: "an unknown phantom", argv: ["phantom", "skull", "a"], code: "unknown-name", field: "KIND" },
    {
      asked: "a word for a number",
      argv: ["phantom", "thorax", "a", "--kvp", "high"],
      code: "wrong-type",
      field: "--kvp",
    },
    {
      asked: "an unknown protocol",
      argv: ["analyze", "x", "--protocol", "heart"],
      code: "unknown-name",
      field: "--protocol",
    },
    {
      asked: "an unknown parameter",
      argv: ["analyze", "x", "--set", "treshold=130"],
      code: "unknown-name",
      field: "parameter",
    },
    {
      asked: "a word for a parameter",
      argv: ["analyze", "x", "--set", "threshold=high"],
      code: "wrong-type",
      field: "threshold",
    },
    {
      asked: "an unknown choice",
      argv: ["analyze", "x", "--set", "connectivity=6"],
      code: "unknown-name",
      field: "connectivity",
    },
    {
      asked: "an override without its source",
      argv: ["analyze", "x", "--set", "tube-voltage=100"],
      code: "override-without-source",
      field: "tube-voltage",
    },
    {
      asked: "an empty reason",
      argv: ["analyze", "x", "--set", "contrast-override="],
      code: "missing-value",
      field: "contrast-override",
    },
    {
      asked: "a number the protocol does not ask for",
      argv: ["analyze", "x", "--value", "age=60a"],
      code: "unknown-name",
      field: "--value",
    },
  ];
  it.each(cases)("ends with 2 for $asked", async ({ argv, code, field }) => {
    const { exitCode, answer, err } = await runJson(...argv);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: "" });
    expect(answer).toMatchObject({ code, field });
    expect(answer.message).not.toContain("?");
  });

  // The value is understood and refused, as a file would be: 3, not 2.
  it("ends with 3 for a value out of its range", async () => {
    const { exitCode, answer } = await runJson("analyze", "x", "--set", "threshold=99999");
    expect({ exitCode, code: answer.code, received: answer.received }).toEqual({
      exitCode: 3,
      code: "out-of-range",
      received: 99999,
    });
  });

  it("takes --json and --lang before the command too", async () => {
    const { exitCode, out } = await runMain(["--json", "--lang", "fr", "analyze"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      code: "missing-value",
      message: "path est nécessaire et n'a pas été donné",
    });
  });

  it("takes arguments behind -- as paths", async () => {
    const { answer } = await runJson("analyze", "--", "-x");
    expect(answer).toMatchObject({ code: "file-not-found", field: "-x" });
  });
});

describe("language", () => {
  it.each([
    [{}, "no such file or folder"],
    [{ LANG: "fr_FR.UTF-8" }, "fichier ou dossier introuvable"],
    [{ LANG: "fr_FR.UTF-8", LC_ALL: "C" }, "no such file or folder"],
    [{ LC_MESSAGES: "fr_CA" }, "fichier ou dossier introuvable"],
    [{ LANG: "de_DE" }, "no such file or folder"],
  ])("follows the locale %o", async (environment, sentence) => {
    const { exitCode, out, err } = await runMain(["analyze", "/nowhere"], environment);
    expect({ exitCode, out }).toEqual({ exitCode: 3, out: "" });
    expect(err).toContain(sentence);
    expect(err).toMatch(/\[file-not-found\]\n$/);
  });

  it.each([
    ["en", "etalon: /nowhere: no such file or folder"],
    ["fr", "etalon : /nowhere : fichier ou dossier introuvable"],
  ])("follows --lang %s before the locale", async (language, sentence) => {
    const { err } = await runMain(["analyze", "/nowhere", `--lang=${language}`], { LANG: "fr_FR" });
    expect(err).toContain(sentence);
  });

  it("has two different sentences for every code", () => {
    const codes = Object.keys(errorTable).filter(isErrorCode);
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) expect(errorTable[code].en, code).not.toBe(errorTable[code].fr);
  });
});

describe("a terminal", () => {
  it("never receives the control characters of a foreign name", async () => {
    const { err } = await runMain(["analyze", "/nowhere/\u001b[2Jred\u009b31m"]);
    expect(err).not.toMatch(/[^\P{Cc}\n]/u);
    expect(err).toContain("red");
  });
});
