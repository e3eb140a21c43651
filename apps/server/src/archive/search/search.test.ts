import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { QueryPage } from "../query.ts";
import { openTestArchive, type TestArchive } from "../testing/open-test-archive.ts";
import { matchedAttributes, matchingRules, type SearchCase } from "./testing/search-cases.ts";
import { fixtureQuery, labelOf, storeSearchFixture } from "./testing/search-fixture.ts";

let opened: TestArchive;

beforeAll(async () => {
  opened = await openTestArchive();
  await storeSearchFixture(opened.archive, opened.scope);
}, 60_000);

afterAll(() => opened.close());

function search(asked: Omit<SearchCase, "finds">): Promise<QueryPage> {
  return opened.archive.search(opened.scope, fixtureQuery(asked));
}

describe.each([...matchingRules, ...matchedAttributes])("$rule ($section)", ({ cases }) => {
  test.each(cases)("/$resource?$query finds $finds", async (asked) => {
    const { level } = fixtureQuery(asked);
    const page = await search(asked);
    expect(page.matches.map((match) => labelOf(match, level))).toEqual(asked.finds);
    expect(page.warnings).toEqual([]);
  });
});

test("the total is that of all pages", async () => {
  for (const [query, total] of [
    ["limit=1", 4],
    ["limit=0", 4],
    ["offset=3&limit=1", 4],
    ["offset=9", 4],
    ["PatientID=P1&limit=1", 2],
  ] as const) {
    expect((await search({ resource: "studies", query })).total).toBe(total);
  }
  for (const [resource, query, total] of [
    ["series", "limit=1", 6],
    ["series", "limit=1&Modality=CT", 2],
    ["instances", "limit=1", 7],
    ["instances", "limit=1&Modality=CT", 3],
    ["instances", "limit=1&InstanceNumber=1", 5],
    ["instances", "limit=1&ContentDate=20240229", 2],
    ["studies/1/instances", "limit=1", 3],
  ] as const) {
    expect((await search({ resource, query })).total).toBe(total);
  }
});

test("another site sees nothing", async () => {
  const page = await opened.archive.search(
    { ...opened.scope, siteId: opened.scope.siteId + 1 },
    fixtureQuery({ resource: "instances", query: "limit=1" }),
  );
  expect(page).toEqual({ matches: [], total: 0, warnings: [] });
});
