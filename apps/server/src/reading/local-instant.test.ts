import { afterEach, expect, test } from "vitest";
import { localInstant } from "./local-instant.ts";

const own = process.env["TZ"];
afterEach(() => {
  if (own === undefined) delete process.env["TZ"];
  else process.env["TZ"] = own;
});

test.each([
  ["UTC", "2026-01-02T03:04:05.006Z"],
  // Winter and summer time; Newfoundland is half an hour off.
  ["Europe/Paris", "2026-01-02T04:04:05.006+01:00"],
  ["America/St_Johns", "2026-01-01T23:34:05.006-03:30"],
])("in %s", (zone, text) => {
  process.env["TZ"] = zone;
  const moment = new Date("2026-01-02T03:04:05.006Z");
  expect(localInstant(moment)).toBe(text);
  expect(new Date(localInstant(moment)).getTime()).toBe(moment.getTime());
});
