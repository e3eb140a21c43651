import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { inPieces, smallInstance } from "../../archive/testing/small-instance.ts";
import type { Part } from "../multipart/parse-multipart.ts";
import { storeParts } from "./store-parts.ts";

let opened: TestArchive;
beforeAll(async () => {
  opened = await openTestArchive();
});
afterAll(() => opened.close());

async function* partsOf(files: readonly Uint8Array[]): AsyncGenerator<Part> {
  for (const file of files) yield { headers: new Map([["content-type", "application/dicom"]]), body: inPieces(file) };
}

it("keeps the order of the parts: of several data sets under one UID the last is current", async () => {
  const versions = Array.from({ length: 20 }, (_, index) =>
    smallInstance(1, { ImageComments: `version ${index + 1}` }),
  );
  const { archive, scope } = opened;
  // One that is refused, before them all are indexed, holds none of them up and lets none pass another.
  const { outcomes } = await storeParts(partsOf([...versions.slice(0, 10), new Uint8Array(9), ...versions.slice(10)]), {
    archive,
    scope,
  });
  const expected = ["stored", ...Array.from({ length: 9 }, () => "new-version"), "refused"];
  expect(outcomes.map(({ kind }) => kind)).toEqual([...expected, ...Array.from({ length: 10 }, () => "new-version")]);
  const [current] = await archive.instances(scope, { studyInstanceUid: "1.2.826.0.2.1" });
  const last = outcomes.at(-1);
  expect([current?.version, current?.dataSetSha256]).toEqual([20, last?.kind === "refused" ? "" : last?.dataSetSha256]);
});
