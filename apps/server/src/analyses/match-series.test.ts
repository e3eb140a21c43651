import { gzipSync } from "node:zlib";
import { bytesSource, type DataSet, readPart10, toDicomJson } from "@etalon/dicom";
import { buildConstructedFiles } from "@etalon/testing";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { saidDatabase } from "../testing/said-database.ts";
import { fittingProtocols } from "./fitting-protocols.ts";
import { matchSeries } from "./match-series.ts";

vi.mock("./fitting-protocols.ts", { spy: true });

/** A series of the archive as a look at it finds it. */
interface Found {
  readonly isMine?: boolean;
  readonly needsMatching?: boolean;
  /** Of the update at the end. */
  readonly updated?: bigint;
  readonly images?: readonly DataSet[];
}

/** A look at series 4 of site 7; which protocols were queued, and what the log says. */
async function looked({ isMine = true, needsMatching = true, updated = 1n, images = [] }: Found) {
  const queued: unknown[] = [];
  const said: string[] = [];
  const database = saidDatabase(({ sql, parameters }) => {
    if (sql.includes("pg_try_advisory")) return [{ is_mine: isMine }];
    if (sql.startsWith('select "study"')) return [{ site_id: 7, needs_matching: needsMatching, row_version: "12" }];
    if (sql.startsWith('update "series"')) return updated;
    if (sql.includes('from "instance"')) return images.map(rowOf);
    if (sql.startsWith('insert into "analysis"')) queued.push(parameters);
    return sql.startsWith("insert") ? [{ id: queued.length }] : [];
  });
  const queue = { send: async () => {} };
  const log = pino({}, { write: (line: string) => said.push(line) });
  const outcome = await matchSeries(database, queue, { seriesId: 4, log });
  return { outcome, queued, said };
}

function rowOf(dataSet: DataSet, at: number): unknown {
  const digest = Buffer.alloc(32, at);
  return {
    ...{ sop_instance_uid: `1.2.${at}`, transfer_syntax_uid: "1.2.840.10008.1.2.1", size_bytes: 100 },
    ...{ file_sha256: digest, data_set_sha256: digest, metadata: gzipSync(JSON.stringify(toDicomJson(dataSet))) },
  };
}

async function imagesOf(slices: number): Promise<readonly DataSet[]> {
  const files = buildConstructedFiles({ slices, columns: 8, rows: 8 });
  return Promise.all(
    files.map(async ({ name, bytes }) => (await readPart10(bytesSource(name, bytes), { until: "pixel-data" })).dataSet),
  );
}

test("a series that another process looks at, or that was looked at, is left to it", async () => {
  expect(await looked({ isMine: false })).toEqual({ outcome: "taken", queued: [], said: [] });
  expect(await looked({ needsMatching: false })).toEqual({ outcome: "taken", queued: [], said: [] });
});

test("a series that an image comes to meanwhile queues nothing, and stays to be matched", async () => {
  const images = await imagesOf(30);
  expect((await looked({ images })).queued.length).toBeGreaterThan(0);
  expect(await looked({ images, updated: 0n })).toEqual({ outcome: "changed", queued: [], said: [] });
});

test("a series that no protocol fits is matched, and queues nothing", async () => {
  expect(await looked({ images: [] })).toEqual({ outcome: "matched", queued: [], said: [] });
});

test("headers that bring the program to fail are measured by nobody, and said without what they hold", async () => {
  vi.mocked(fittingProtocols).mockImplementationOnce(() => {
    throw new RangeError("no number: LEFEVRE^ZOE");
  });
  const { outcome, queued, said } = await looked({ images: await imagesOf(30) });
  expect([outcome, queued]).toEqual(["matched", []]);
  expect(said.map((line) => JSON.parse(line))).toMatchObject([{ seriesId: 4, code: "RangeError" }]);
  expect(said.join()).not.toContain("LEFEVRE");
});
