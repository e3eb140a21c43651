import { api } from "dicomweb-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixtureUid, storeSearchFixture } from "../../archive/search/testing/search-fixture.ts";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import { FetchXhr } from "../testing/fetch-xhr.ts";
import { type ServedDicomweb, serveDicomweb } from "../testing/served-dicomweb.ts";

let opened: TestArchive;
let served: ServedDicomweb;

beforeAll(async () => {
  Reflect.set(globalThis, "XMLHttpRequest", FetchXhr);
  opened = await openTestArchive();
  await storeSearchFixture(opened.archive, opened.scope);
  served = await serveDicomweb({ archive: opened.archive, scopeOf: () => opened.scope });
});

afterAll(async () => {
  Reflect.deleteProperty(globalThis, "XMLHttpRequest");
  await served.app.close();
  await opened.close();
});

/** The UIDs that a search of dicomweb-client finds; its published types ask for more than its code does. */
async function found(
  method: "searchForStudies" | "searchForSeries" | "searchForInstances",
  tag: string,
  options: object,
): Promise<readonly unknown[]> {
  const client = new api.DICOMwebClient({ url: served.url, singlepart: false });
  const answer: unknown = await Reflect.apply(client[method], client, [options]);
  if (!Array.isArray(answer)) throw new Error("no list");
  return answer.map(
    (match: Readonly<Record<string, { readonly Value?: readonly unknown[] }>>) => match[tag]?.Value?.[0],
  );
}

test("dicomweb-client searches on every level", async () => {
  const studyInstanceUID = fixtureUid("1");
  const seriesInstanceUID = fixtureUid("1.1");
  const queries = [
    [{ PatientName: "lef*", StudyDate: "20240101-20241231" }, [studyInstanceUID]],
    [{ PatientName: "Lefèvre^Jean-Noël" }, [studyInstanceUID]],
    [{ PatientID: "nobody" }, []],
    [{ ModalitiesInStudy: "PT", limit: 1, includefield: "all" }, [fixtureUid("4")]],
  ] as const;
  for (const [queryParams, uids] of queries) {
    expect(await found("searchForStudies", "0020000D", { queryParams })).toEqual(uids);
  }
  expect(await found("searchForSeries", "0020000E", { studyInstanceUID })).toEqual([
    fixtureUid("1.1"),
    fixtureUid("1.2"),
  ]);
  expect(await found("searchForSeries", "0020000E", { queryParams: { Modality: "SR" } })).toEqual([fixtureUid("1.2")]);
  expect(await found("searchForInstances", "00080018", { studyInstanceUID, seriesInstanceUID })).toEqual([
    fixtureUid("1.1.1"),
    fixtureUid("1.1.2"),
  ]);
});
