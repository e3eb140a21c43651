import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestArchive, type TestArchive } from "../archive/testing/open-test-archive.ts";
import { findResults } from "./find-results.ts";

/** Results of the search; each has ten outputs more that nobody asks for. */
const count = 30_000;

let opened: TestArchive;

beforeAll(async () => {
  opened = await openTestArchive();
  const { kysely, siteId } = opened.database;
  await sql`
    with studies as (
      insert into study (site_id, study_instance_uid, attributes)
      select ${siteId}, '1.2.' || i, '{}' from generate_series(1, ${count}::integer) i returning id),
    all_series as (
      insert into series (study_id, series_instance_uid, attributes, needs_matching)
      select id, '1.3.' || id, '{}', false from studies returning id),
    results as (
      insert into result (site_id, series_id, digest, identity, variant, protocol, protocol_version, is_provisional, document)
      select ${siteId}, id, sha256(id::text::bytea), sha256(id::text::bytea), sha256('v'), 'coronary/calcium-score', '1.0.0',
        true, '{}' from all_series returning id)
    insert into result_output (result_id, position, site_id, protocol, output, value, unit, code_value, code_scheme,
      code_meaning)
    select results.id, position, ${siteId}, 'coronary/calcium-score',
      case position when 0 then 'agatston-score' else 'other-' || position end, (results.id * 7919) % 10000, '1', '1', 'SCT', ''
    from results, generate_series(0, 10) position`.execute(kysely);
  await sql`analyze`.execute(kysely);
});

afterAll(async () => {
  await opened.close();
});

test("thirty thousand results are searched by value through an index", async () => {
  const { kysely } = opened.database;
  const filter = { protocol: "coronary/calcium-score", output: "agatston-score", withSuperseded: false };
  const asked = { ...filter, min: 9990, limit: 20, offset: 0 };
  await findResults(kysely, opened.scope, asked);
  const begun = performance.now();
  const page = await findResults(kysely, opened.scope, asked);
  const ms = performance.now() - begun;
  // Values from 0 to 9999, each three times: 7919 is a prime, and no factor of 10000. Ten values from 9990 on.
  expect(page.total).toBe(30);
  expect(page.results.length).toBe(20);
  expect(page.results.every(({ outputs }) => (outputs[0]?.value ?? 0) >= 9993)).toBe(true);
  // A scan of 330 000 outputs takes longer than an index of 30.
  expect(ms).toBeLessThan(50);
});
