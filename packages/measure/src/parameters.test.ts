import { describe, expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { parameterValues, resolveParameters } from "./parameters.ts";
import type { AnyProtocol, Parameter } from "./protocol.ts";
import { dopplerResistiveIndex } from "./vascular/doppler-resistive-index/protocol.ts";

const title = { en: "Limit", fr: "Limite" };
const declared: Record<string, Parameter> = {
  limit: { kind: "number", title, unit: "mm", default: 3, minimum: 1, maximum: 5, source: "a test" },
  voltage: {
    kind: "number",
    title,
    unit: "kV",
    default: null,
    minimum: 40,
    maximum: 200,
    source: "a test",
    needsSource: true,
  },
  way: { kind: "choice", title, default: "one", choices: ["one", "two"], source: "a test" },
  why: { kind: "reason", title, default: null, source: "a test" },
};
const protocol: AnyProtocol = { ...dopplerResistiveIndex, parameters: declared, measure: () => expect.fail("not run") };

describe("parameters", () => {
  it("are all written out, in the order of their declaration, defaults with their unit", () => {
    expect(resolveParameters(protocol, {})).toEqual([
      { id: "limit", value: 3, unit: "mm", source: "default" },
      { id: "voltage", value: null, unit: "kV", source: "default" },
      { id: "way", value: "one", source: "default" },
      { id: "why", value: null, source: "default" },
    ]);
  });

  it("take overrides as numbers or as what the command line gives, with their sources", () => {
    const overrides = { limit: "2.5", voltage: 100, "voltage-source": "protocol sheet", way: "two", why: "a reason" };
    expect(resolveParameters(protocol, overrides)).toEqual([
      { id: "limit", value: 2.5, unit: "mm", source: "override" },
      { id: "voltage", value: 100, unit: "kV", source: "override", overrideSource: "protocol sheet" },
      { id: "way", value: "two", source: "override" },
      { id: "why", value: "a reason", source: "override" },
    ]);
  });

  it("say that they were overridden even with the value of the default", () => {
    expect(resolveParameters(protocol, { limit: 3 })[0]).toMatchObject({ value: 3, source: "override" });
  });

  it.each([
    { given: { limits: 2 }, code: "unknown-name", field: "parameter" },
    { given: { "limits-source": "x" }, code: "unknown-name", field: "parameter" },
    { given: { limit: "two" }, code: "wrong-type", field: "limit" },
    { given: { limit: "" }, code: "wrong-type", field: "limit" },
    { given: { limit: "Infinity" }, code: "wrong-type", field: "limit" },
    { given: { limit: Number.NaN }, code: "wrong-type", field: "limit" },
    { given: { limit: 0.999 }, code: "out-of-range", field: "limit" },
    { given: { limit: 5.001 }, code: "out-of-range", field: "limit" },
    { given: { voltage: 100 }, code: "override-without-source", field: "voltage" },
    { given: { way: "three" }, code: "unknown-name", field: "way" },
    { given: { why: " " }, code: "missing-value", field: "why" },
    // A source alone overrides nothing: it would vanish from the result.
    { given: { "voltage-source": "protocol sheet" }, code: "missing-value", field: "voltage" },
  ])("refuse $given with $code on $field", ({ given, code, field }) => {
    expect(() => resolveParameters(protocol, given as Record<string, string | number>)).toThrow(
      expect.objectContaining({ code, field }),
    );
  });

  it("include both ends of their range", () => {
    expect(parameterValues(resolveParameters(protocol, { limit: 1 })).limit).toBe(1);
    expect(parameterValues(resolveParameters(protocol, { limit: 5 })).limit).toBe(5);
  });

  it("of every protocol can be left alone", () => {
    for (const known of catalog) {
      const records = resolveParameters(known, {});
      expect(records.map(({ id }) => id)).toEqual(Object.keys(known.parameters));
      expect(records.every(({ source }) => source === "default")).toBe(true);
    }
  });
});
