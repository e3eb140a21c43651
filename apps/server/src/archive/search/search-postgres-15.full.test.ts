import { existsSync } from "node:fs";
import { describeWithPeer } from "@etalon/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { debianPostgres15 } from "../../testing/start-test-database.ts";
import { openTestArchive, type TestArchive } from "../testing/open-test-archive.ts";
import { matchedAttributes, matchingRules } from "./testing/search-cases.ts";
import { fixtureQuery, labelOf, storeSearchFixture } from "./testing/search-fixture.ts";

const peer = { name: "PostgreSQL 15", isPresent: existsSync(debianPostgres15) };

describeWithPeer("on the oldest PostgreSQL that is supported", peer, () => {
  let opened: TestArchive;

  beforeAll(async () => {
    opened = await openTestArchive(debianPostgres15);
    await storeSearchFixture(opened.archive, opened.scope);
  });

  afterAll(() => opened.close());

  test.each([...matchingRules, ...matchedAttributes])("$rule", async ({ cases }) => {
    for (const asked of cases) {
      const query = fixtureQuery(asked);
      const { matches } = await opened.archive.search(opened.scope, query);
      expect(
        matches.map((match) => labelOf(match, query.level)),
        asked.query,
      ).toEqual(asked.finds);
    }
  });
});
