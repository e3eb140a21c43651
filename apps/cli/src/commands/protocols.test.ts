import { catalog } from "@etalon/measure";
import { describe, expect, it } from "vitest";
import { runJson, runMain } from "../testing/run-main.ts";

describe("protocols", () => {
  it("lists every protocol with its roles, parameters and outputs as JSON", async () => {
    const { exitCode, answer, err } = await runJson("protocols");
    expect({ exitCode, err, schema: answer.schema }).toEqual({ exitCode: 0, err: "", schema: "etalon.protocols/1" });
    expect(answer.protocols).toEqual(
      catalog.map(({ id, parameters, outputs }) =>
        expect.objectContaining({
          id,
          parameters: Object.keys(parameters).map((name) => expect.objectContaining({ id: name })),
          outputs: Object.keys(outputs).map((name) => expect.objectContaining({ id: name })),
        }),
      ),
    );
  });

  it.each(["en", "fr"] as const)("lists them for people in %s", async (language) => {
    const { out } = await runMain(["protocols", "--lang", language]);
    for (const { id, title, parameters } of catalog) {
      expect(out).toContain(id);
      expect(out).toContain(title[language]);
      for (const parameter of Object.values(parameters)) expect(out).toContain(parameter.title[language]);
    }
    expect(out).not.toMatch(/\[hnsf|undefined|NaN/);
  });
});
