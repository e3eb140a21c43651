import { decide } from "@etalon/decide";
import { measurePhantom } from "@etalon/testing";
import { beforeAll, expect, test } from "vitest";
import type { DocumentSource } from "./document-source.ts";
import { makeDocuments } from "./make-documents.ts";

let source: DocumentSource;

beforeAll(async () => {
  const { result, context, sources } = await measurePhantom();
  source = {
    ...{ result, context, sources, segmentation: null, verdicts: decide([], new Map()) },
    ...{ sections: {}, pictures: [], prior: null, signature: null, addenda: [], predecessor: null },
    createdAt: "2026-11-23T09:00:00+01:00",
  };
});

const noRenderer = (): Promise<never> => Promise.reject(new Error("nothing is printed here"));
const wanted = [{ kind: "curves.csv", language: "fr" }] as const;

test("the points of curves are a table, as the command line writes it", async () => {
  const title = { en: "Blood", fr: "Sang" };
  const curves = [{ id: "stress-aif", title, unit: "1", timesS: [0, 0.8], values: [0, 12.5] }];
  const [file] = await makeDocuments({ source: { ...source, curves }, wanted }, noRenderer);
  expect(new TextDecoder().decode(file?.bytes)).toBe(
    "curve,time_s,value,unit\r\nstress-aif,0,0,1\r\nstress-aif,0.8,12.5,1\r\n",
  );
});

test("of a result without curves there is no such table", async () => {
  await expect(makeDocuments({ source, wanted }, noRenderer)).rejects.toMatchObject({
    ...{ code: "result-not-found", field: "curves.csv" },
  });
});
