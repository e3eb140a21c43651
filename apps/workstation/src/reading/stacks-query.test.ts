import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { openingPicture, stacksOptions } from "./stacks-query.ts";
import { madeStack } from "./testing/made-stack.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a study opens with the first picture of its largest stack", () => {
  const [small, large] = [
    madeStack({ id: "1", slices: 3, spacingMm: 1 }),
    madeStack({ id: "2", slices: 9, spacingMm: 1 }),
  ];
  const opening = openingPicture([small, large], large.studyInstanceUid);
  expect(opening?.stack.id).toBe(large.id);
  expect(opening?.picture).toBe(large.pictures[0]);
});

test("nothing opens a study without pictures", () => {
  expect(openingPicture([], "1.2")).toBeUndefined();
});

test("metadata are asked for once, by whoever comes first", async () => {
  const asked = vi.fn(async () => Response.json([]));
  vi.stubGlobal("fetch", asked);
  vi.stubGlobal("document", { baseURI: "http://h/" });
  vi.stubGlobal("location", { href: "http://h/" });
  const queries = new QueryClient();
  const series = { seriesInstanceUid: "1.2.3", number: 1, modality: "CT", description: "", instanceCount: 2 };
  const options = stacksOptions(queries, "1.2", series);
  const [first, second] = await Promise.all([queries.fetchQuery(options), queries.fetchQuery(options)]);
  expect(first.stacks).toEqual([]);
  expect(second).toBe(first);
  expect(asked).toHaveBeenCalledOnce();
});
