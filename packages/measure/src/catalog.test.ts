import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { catalog } from "./catalog.ts";

it("lists every protocol folder, by its path, in order", () => {
  const folders = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith("/protocol.ts"))
    .map((path) => path.slice(0, -"/protocol.ts".length))
    .sort();
  expect(folders.length).toBeGreaterThan(0);
  expect(catalog.map(({ id }) => id)).toEqual(folders);
});

it("says where every parameter's default comes from and keeps it in its range", () => {
  for (const { parameters } of catalog) {
    for (const parameter of Object.values(parameters)) {
      expect(parameter.source.length).toBeGreaterThan(10);
      if (parameter.kind === "choice") expect(parameter.choices).toContain(parameter.default);
      if (parameter.kind !== "number" || parameter.default === null) continue;
      expect(parameter.default).toBeGreaterThanOrEqual(parameter.minimum);
      expect(parameter.default).toBeLessThanOrEqual(parameter.maximum);
    }
  }
});
