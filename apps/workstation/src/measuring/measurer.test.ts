import { measurePhantom } from "@etalon/testing";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { stubServer } from "../testing/stub-server.ts";
import { createImageShelf } from "./image-shelf.ts";
import { createMeasurer } from "./measurer.ts";
import type { DocumentRequest, ImageSource, MeasureRequest, MeasuringProgress } from "./measuring-messages.ts";

const protocolId = "coronary/calcium-score";
const documentRequest: DocumentRequest = {
  ...{ facts: [], language: "fr", pageLanguage: "en", sections: {}, pictures: [], addenda: [] },
  createdAt: "2026-11-23T09:00:00Z",
};
let phantom: Awaited<ReturnType<typeof measurePhantom>>;
let sources: readonly ImageSource[];

beforeAll(async () => {
  phantom = await measurePhantom({ columns: 128, rows: 128, marks: null });
  sources = phantom.files.map(({ name, bytes }) => ({
    ...{ path: name, from: new Blob([new Uint8Array(bytes)]), headers: {} },
  }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const requestOf = (more: Partial<MeasureRequest> = {}): MeasureRequest => ({
  ...{ protocolId, sources, marks: null, overrides: {}, numbers: {}, roleChoices: {}, ...more },
});

describe("objects on the shelf", () => {
  const [path, other] = ["1.2.3", "1.2.4"];

  /** Two objects that a server holds. */
  function onServer(): readonly ImageSource[] {
    return [path, other].map((uid) => ({
      path: uid,
      from: `http://server/etalon/${uid}`,
      headers: { authorization: "Bearer t" },
    }));
  }

  test("are read from the server as they are stored, each once, by who asks", async () => {
    const asked = stubServer(
      ({ path: uid }) => new Response(new Uint8Array(phantom.files[uid === path ? 0 : 1]?.bytes ?? [])),
    );
    const shelf = createImageShelf();
    const told: number[][] = [];
    const read = await shelf.read(onServer(), (done, total) => told.push([done, total]));
    expect(read.map((one) => one.path)).toEqual([path, other]);
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(asked[0]?.headers).toEqual({ accept: "application/dicom; transfer-syntax=*", authorization: "Bearer t" });
    expect(await shelf.read(onServer(), () => {})).toEqual(read);
    expect(asked).toHaveLength(2);
    expect((await shelf.openers.get(path)?.())?.size).toBe(phantom.files[0]?.bytes.length);
  });

  test("that do not come are asked for again by the next who needs them", async () => {
    let isThere = false;
    stubServer(() =>
      isThere ? new Response(new Uint8Array(phantom.files[0]?.bytes ?? [])) : new Response("", { status: 503 }),
    );
    const shelf = createImageShelf();
    const [source] = onServer();
    if (source === undefined) throw new Error("no source");
    await expect(shelf.read([source], () => {})).rejects.toThrow("HTTP 503");
    isThere = true;
    expect(await shelf.read([source], () => {})).toHaveLength(1);
  });
});

describe("a measurement on the page", () => {
  test("is the one that is made anywhere else, digest and all", async () => {
    const steps: MeasuringProgress[] = [];
    const { result, located } = await createMeasurer().measure(requestOf(), (progress) => steps.push(progress));
    expect(result.outputs).toEqual(phantom.result.outputs);
    expect(located?.grid.slices).toBe(phantom.located.grid.slices);
    const count = phantom.files.length;
    expect(steps.filter(({ step }) => step === "reading").at(-1)).toEqual({
      step: "reading",
      done: count,
      total: count,
    });
    expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(["reading", "loading", "measuring"]));
  });

  test("of an edit reads no image anew, and is another result", async () => {
    const { measure } = createMeasurer();
    const before = await measure(requestOf(), () => {});
    const read: MeasuringProgress[] = [];
    const marks = { schema: "etalon.marks/2" as const, regions: [] };
    const after = await measure(requestOf({ marks }), (progress) => read.push(progress));
    expect(read.filter(({ step }) => step === "reading")).toEqual([]);
    expect(after.result.digest).not.toBe(before.result.digest);
    // Nothing was given to an artery: nothing is scored.
    expect(after.result.outputs.find(({ id }) => id === "agatston-score")?.value).toBe(0);
  });

  test("by a protocol that there is not is refused", async () => {
    const refused = createMeasurer().measure(requestOf({ protocolId: "coronary/horoscope" }), () => {});
    await expect(refused).rejects.toMatchObject({ code: "unknown-name", field: "protocol" });
  });
});

describe("documents of a result", () => {
  test("need a result", async () => {
    await expect(createMeasurer().documents(documentRequest)).rejects.toMatchObject({ code: "missing-value" });
  });

  test("say its digest, what guidance makes of it, and are written in the language asked for", async () => {
    const measurer = createMeasurer();
    const { result } = await measurer.measure(requestOf(), () => {});
    const documents = await measurer.documents({ ...documentRequest, facts: [{ id: "age", value: 61, unit: "a" }] });
    expect(documents.digest).toBe(result.digest);
    expect(documents.html).toContain('lang="fr"');
    expect(documents.html).toContain(result.digest.slice(0, 12));
    expect(documents.patientHtml).toContain('lang="fr"');
    expect(documents.patientHtml).not.toBe(documents.html);
    expect(documents.charts.length).toBeGreaterThan(0);
    for (const { svg } of documents.charts) expect(svg).toMatch(/^<svg /);
    expect(documents.cards.length).toBeGreaterThan(0);
    for (const { verdict, outcome, statement, source, unmet } of documents.cards) {
      expect(Math.min(outcome.length, statement.length, source.length)).toBeGreaterThan(0);
      expect(unmet !== "").toBe(verdict.outcome === "does-not");
    }
  });

  test("refuse facts that contradict each other", async () => {
    const measurer = createMeasurer();
    await measurer.measure(requestOf(), () => {});
    const age = (value: number) => ({ id: "age", value, unit: "a" });
    await expect(measurer.documents({ ...documentRequest, facts: [age(61), age(62)] })).rejects.toThrow();
  });
});

test("a map is of the result that the page shows, or refused", async () => {
  const measurer = createMeasurer();
  const map = { mapId: "t1", format: "nifti", language: "en", createdAt: "2026-11-23T09:00:00Z" } as const;
  await expect(measurer.map({ ...map, digest: "0" })).rejects.toMatchObject({ code: "result-not-found", field: "0" });
  const { result } = await measurer.measure(requestOf(), () => {});
  await expect(measurer.map({ ...map, digest: "0" })).rejects.toMatchObject({ code: "result-not-found", field: "0" });
  // A calcium score has no map.
  await expect(measurer.map({ ...map, digest: result.digest })).rejects.toMatchObject({ field: "t1" });
});
