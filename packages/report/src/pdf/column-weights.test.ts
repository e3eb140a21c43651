import { expect, it } from "vitest";
import { type ColumnContent, columnWeights } from "./column-weights.ts";

const words = (title: string, length: number): ColumnContent => ({ title, isNumeric: false, length });
const numbers = (title: string, length: number): ColumnContent => ({ title, isNumeric: true, length });

it("gives each column beside many numbers what its longest word or number takes", () => {
  const columns = [
    words("Artère", 35),
    numbers("Score d'Agatston (UA)", 7),
    numbers("Volume de calcium (mm³)", 5),
    numbers("Masse de calcium (mg)", 5),
    numbers("Lésions", 1),
  ];
  // 22 characters at most of a text, the longest word of a title, and two more each.
  expect(columnWeights(columns)).toEqual([24, 12, 9, 9, 9]);
});

it("shares what a few numbers leave between columns of words", () => {
  expect(columnWeights([words("Échelle", 10), words("Catégorie", 12), numbers("Score", 5)])).toEqual([1, 1, null]);
  expect(columnWeights([words("Règle", 10), words("Motif", 200), numbers("Score", 5)])).toEqual([null, 90, null]);
});
