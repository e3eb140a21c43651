import { expect, it } from "vitest";
import { readChoices } from "./choices.ts";

it("tells a UID from a role by its digits and dots", () => {
  const { versions, roles } = readChoices([
    ["1.2.840.1", "ABCDEF01"],
    ["calcium-ct", "1.2.840.2/1"],
  ]);
  expect([...versions]).toEqual([["1.2.840.1", "abcdef01"]]);
  expect(roles).toEqual({ "calcium-ct": "1.2.840.2/1" });
});
