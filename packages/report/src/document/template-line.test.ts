import { expect, it } from "vitest";
import { inlineText } from "../text/inline-text.ts";
import type { Line } from "./document.ts";
import { templateLine } from "./template-line.ts";

const shown = (line: Line) => line.map((inline) => inlineText(inline, "fr")).join("");

it("keeps the numbers of a sentence, with their path", () => {
  const text = {
    en: "{count} slices at {positionsMm} mm of {name}",
    fr: "{count} coupes à {positionsMm} mm de {name}",
  };
  const line = templateLine(text, { count: 2, positionsMm: [1.25, 10], name: "S1" }, "quality.0.details");
  expect(shown(line)).toBe("2 coupes à 1,25, 10 mm de S1");
  const numbers = line.filter((inline) => inline.kind === "number");
  expect(numbers.map(({ value, origin }) => [value, origin])).toEqual([
    [2, { kind: "record", path: "quality.0.details.count" }],
    [1.25, { kind: "record", path: "quality.0.details.positionsMm.0" }],
    [10, { kind: "record", path: "quality.0.details.positionsMm.1" }],
  ]);
});

it("counts what a long list leaves out, and says a dash for what is not there", () => {
  const positionsMm = Array.from({ length: 8 }, (_, at) => at);
  expect(shown(templateLine({ en: "{positionsMm}", fr: "{positionsMm}" }, { positionsMm }, "p"))).toBe(
    "0, 1, 2, 3, 4, 5, … (+2)",
  );
  expect(shown(templateLine({ en: "a {b}", fr: "a {b}" }, {}, "p"))).toBe("a –");
});

it("fills a sentence as text where the languages name details in another order", () => {
  const line = templateLine({ en: "{a} of {b}", fr: "de {b}, {a}" }, { a: 1, b: 2 }, "p");
  expect(shown(line)).toBe("de 2, 1");
  expect(line).toHaveLength(1);
});
