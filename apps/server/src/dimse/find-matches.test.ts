import { EtalonError, InputError } from "@etalon/base";
import { type DataSet, dataSetOf } from "@etalon/dicom";
import { findSopClasses, type QueryRetrieveRequest } from "@etalon/dicom/network";
import { expect, test, vi } from "vitest";
import type { Archive } from "../archive/archive.ts";
import { readConfig } from "../config.ts";
import { findMatches } from "./find-matches.ts";

const peer = { callingAeTitle: "WS", calledAeTitle: "E", remoteAddress: "127.0.0.1", implementationClassUid: "1.2" };
const config = readConfig({ ETALON_AE_TITLE: "ARCHIVE" }).dimse;

function request(level: "patient" | "study", signal = new AbortController().signal): QueryRetrieveRequest {
  const model = level === "patient" ? "patient-root" : "study-root";
  const identifier = dataSetOf({ PatientID: "P1", StudyInstanceUID: "" });
  return { peer, sopClassUid: findSopClasses[model], model, level, identifier, signal };
}

const study = (at: number): DataSet => dataSetOf({ PatientID: "P1", StudyInstanceUID: `1.${at}` });

/** The answers to a query of an archive with so many studies. */
async function found(archive: Partial<Archive>, asked = request("study")): Promise<readonly unknown[]> {
  const scopeOf = () => ({ siteId: 1, actor: "WS", purpose: "dimse" });
  const answers: unknown[] = [];
  // A query asks an archive for nothing else.
  for await (const answer of findMatches({ archive: archive as Archive, scopeOf, config }, asked)) answers.push(answer);
  return answers;
}

function searching(count: number, warnings: readonly string[] = []) {
  return vi.fn(async (_: unknown, { limit = 0, offset = 0 }: { limit?: number; offset?: number }) => ({
    matches: Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_one, at) => study(offset + at)),
    total: count,
    warnings,
  }));
}
const archiveOf = (search: unknown): Partial<Archive> => ({ search: search as Archive["search"] });

test("matches come page by page, a small one first, and none twice or never", async () => {
  // 200 at first, then 5000: 5400 need a third page, 5200 end with an empty one.
  for (const [count, pages] of [
    [0, 1],
    [199, 1],
    [5400, 3],
    [5200, 3],
  ] as const) {
    const search = searching(count);
    const answers = await found(archiveOf(search));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(count);
    expect(answers).toHaveLength(count);
    expect(search).toHaveBeenCalledTimes(pages);
  }
});

test("an answer names the archive to retrieve from", async () => {
  expect(await found(archiveOf(searching(1)))).toMatchObject([
    { identifier: { "0020000D": { Value: ["1.0"] }, "00080054": { Value: ["ARCHIVE"] } } },
  ]);
});

test("keys that were left out of account are said", async () => {
  const [plain] = await found(archiveOf(searching(1)));
  expect(plain).not.toHaveProperty("ignoresOptionalKeys");
  expect(await found(archiveOf(searching(1, ["StudyTime is not matched"])))).toMatchObject([
    { ignoresOptionalKeys: true },
  ]);
});

test("patients are asked for as patients", async () => {
  async function* patients() {
    yield dataSetOf({ PatientID: "P1" });
  }
  expect(await found({ patients }, request("patient"))).toMatchObject([
    { identifier: { "00100020": { Value: ["P1"] } } },
  ]);
});

test("a cancelled query ends", async () => {
  const cancelling = new AbortController();
  const search = searching(10_000);
  cancelling.abort();
  expect(await found(archiveOf(search), request("study", cancelling.signal))).toEqual([]);
  expect(search).toHaveBeenCalledOnce();
});

const malformed = (field: string) => new InputError("malformed-query", field, "DOE^JOHN", "a date");

test.each([
  ["a key with an impossible value", malformed("00100030"), { status: 0xa900, offendingElements: ["00100030"] }],
  ["a key of no tag", malformed("limit"), { status: 0xa900, offendingElements: [] }],
  ["a query that takes too long", new EtalonError("query-too-slow", { field: "" }), { status: 0xc001 }],
  ["a query that is too broad", new EtalonError("query-too-broad", { field: "" }), { status: 0xc001 }],
])("%s is told by status and tag, without its value", async (_, thrown, told) => {
  const refused = found(archiveOf(vi.fn().mockRejectedValue(thrown)));
  await expect(refused).rejects.toMatchObject({ name: "DimseError", ...told });
  await expect(refused).rejects.not.toThrow("DOE");
});

test("what else goes wrong is not made a refusal of the query", async () => {
  const broken = new Error("the database is away");
  await expect(found(archiveOf(vi.fn().mockRejectedValue(broken)))).rejects.toBe(broken);
});
