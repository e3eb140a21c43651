import { expect, it } from "vitest";
import { typeset } from "./typeset.ts";

it("sets French with narrow no-break spaces before high punctuation and inside guillemets", () => {
  expect(typeset("Score : 5 ; vu ? oui ! « 30 % »", "fr")).toBe(
    "Score\u202F: 5\u202F; vu\u202F? oui\u202F! «\u202F30\u202F%\u202F»",
  );
});

it("changes spaces that are there and none that are not", () => {
  expect(typeset("10:30 doi:10.1/x; a", "fr")).toBe("10:30 doi:10.1/x; a");
  expect(typeset("Note: 3 items", "en")).toBe("Note: 3 items");
  expect(typeset("from 7.5 % to 20%", "en")).toBe("from 7.5% to 20%");
});

it("keeps a number with its unit and curves apostrophes, in both languages", () => {
  expect(typeset("coupes de 3 mm d'épaisseur à 120 kV", "fr")).toBe("coupes de 3\u00A0mm d’épaisseur à 120\u00A0kV");
  expect(typeset("the reader's 2 to 3 mm", "en")).toBe("the reader’s 2 to 3\u00A0mm");
  // A word that only begins like a unit is none.
  expect(typeset("4 annexes", "fr")).toBe("4 annexes");
});
