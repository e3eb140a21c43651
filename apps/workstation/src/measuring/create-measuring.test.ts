import { expect, test, vi } from "vitest";
import { createMeasuring, type Measuring } from "./create-measuring.ts";
import type { DocumentRequest, MeasureRequest, MeasuringAnswer, MeasuringQuestion } from "./measuring-messages.ts";

/** A worker that says what the test says. */
class SaidWorker extends EventTarget {
  readonly asked: MeasuringQuestion[] = [];
  isEnded = false;
  postMessage(question: MeasuringQuestion): void {
    this.asked.push(question);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(answer: MeasuringAnswer): void {
    this.dispatchEvent(new MessageEvent("message", { data: answer }));
  }
  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

function started(): { readonly measuring: Measuring; readonly workers: readonly SaidWorker[] } {
  const workers: SaidWorker[] = [];
  const measuring = createMeasuring(() => {
    const worker = new SaidWorker();
    workers.push(worker);
    // The queue uses no more of a worker than this has.
    return worker as unknown as Worker;
  });
  return { measuring, workers };
}

const request = (protocolId: string): MeasureRequest => ({
  protocolId,
  ...{ sources: [], marks: null, overrides: {}, numbers: {}, roleChoices: {} },
});
const documentRequest: DocumentRequest = {
  ...{ facts: [], language: "en", pageLanguage: "en", sections: {}, pictures: [], addenda: [] },
  createdAt: "2026-11-23T09:00:00Z",
};

type MeasuredAnswer = Extract<MeasuringAnswer, { kind: "measured" }>;
const measuredAnswer = (id: number): MeasuredAnswer => ({
  id,
  kind: "measured",
  // What was measured is handed on as it comes.
  measured: { tookMs: id, located: null } as MeasuredAnswer["measured"],
});

type DocumentsAnswer = Extract<MeasuringAnswer, { kind: "documents" }>;
const documentsAnswer = (id: number): DocumentsAnswer => ({
  id,
  kind: "documents",
  documents: { digest: `d${id}`, cards: [], facts: [], html: "", patientHtml: "", charts: [] },
});

test("no worker is started before something is asked", async () => {
  const { measuring, workers } = started();
  expect(workers).toHaveLength(0);
  const answer = measuring.measure(request("a"));
  expect(workers[0]?.asked).toMatchObject([{ id: 1, kind: "measure", request: { protocolId: "a" } }]);
  workers[0]?.say(measuredAnswer(1));
  expect(await answer).toMatchObject({ tookMs: 1 });
});

test("one question is asked at a time; of those that wait the newest is measured", async () => {
  const { measuring, workers } = started();
  const answers = ["a", "b", "c"].map((id) => measuring.measure(request(id)));
  expect(workers[0]?.asked).toHaveLength(1);
  expect(await answers[1]).toBe("superseded");
  workers[0]?.say(measuredAnswer(1));
  expect(workers[0]?.asked.map(({ id }) => id)).toEqual([1, 3]);
  workers[0]?.say(measuredAnswer(3));
  expect(await Promise.all(answers)).toMatchObject([{ tookMs: 1 }, "superseded", { tookMs: 3 }]);
  expect(workers).toHaveLength(1);
});

test("a measurement that waits comes before documents that wait longer", async () => {
  const { measuring, workers } = started();
  const first = measuring.measure(request("a"));
  const documents = measuring.documents(documentRequest);
  const second = measuring.measure(request("b"));
  workers[0]?.say(measuredAnswer(1));
  workers[0]?.say(measuredAnswer(3));
  workers[0]?.say(documentsAnswer(2));
  expect(await Promise.all([first, second, documents])).toMatchObject([{ tookMs: 1 }, { tookMs: 3 }, { digest: "d2" }]);
  expect(workers[0]?.asked.map(({ kind }) => kind)).toEqual(["measure", "measure", "documents"]);
});

test("progress is told to who asked, and ends nothing; an answer to another question is nobody's", async () => {
  const { measuring, workers } = started();
  const onProgress = vi.fn();
  const answer = measuring.measure(request("a"), onProgress);
  const progress = { step: "reading", done: 1, total: 2 } as const;
  workers[0]?.say({ id: 1, kind: "progress", progress });
  workers[0]?.say({ id: 7, kind: "progress", progress });
  workers[0]?.say(measuredAnswer(7));
  expect(onProgress.mock.calls).toEqual([[progress]]);
  workers[0]?.say(measuredAnswer(1));
  expect(await answer).toMatchObject({ tookMs: 1 });
});

test("a refusal is thrown as it was said, and the next question is asked", async () => {
  const { measuring, workers } = started();
  const refused = measuring.measure(request("a"));
  const documents = measuring.documents(documentRequest);
  const refusal = { code: "no-series", field: "ct", message: { en: "no series", fr: "aucune série" } };
  workers[0]?.say({ id: 1, kind: "refused", refusal });
  await expect(refused).rejects.toMatchObject({ name: "MeasuringError", message: "no series", refusal });
  workers[0]?.say({ id: 2, kind: "refused", refusal });
  await expect(documents).rejects.toMatchObject({ refusal });
});

test("an answer of another kind than was asked for is a failure, not a result", async () => {
  const { measuring, workers } = started();
  const measured = measuring.measure(request("a"));
  workers[0]?.say(documentsAnswer(1));
  await expect(measured).rejects.toMatchObject({ refusal: { code: "failed" } });
});

test("a worker that breaks fails its question; the next goes to a new one", async () => {
  const { measuring, workers } = started();
  const broken = measuring.measure(request("a"));
  const next = measuring.measure(request("b"));
  workers[0]?.fail("out of memory");
  await expect(broken).rejects.toMatchObject({ refusal: { code: "failed", message: { en: "out of memory" } } });
  expect(workers).toHaveLength(2);
  workers[0]?.say(measuredAnswer(2));
  workers[0]?.fail("again");
  workers[1]?.say(measuredAnswer(2));
  expect(await next).toMatchObject({ tookMs: 2 });
});

test("a worker that breaks without a word still says that it was the worker", async () => {
  const { measuring, workers } = started();
  const broken = measuring.measure(request("a"));
  workers[0]?.fail("");
  await expect(broken).rejects.toThrow("worker");
});

test("cancelling ends the worker and all that waits; what is asked next begins anew", async () => {
  const { measuring, workers } = started();
  const answers = [measuring.measure(request("a")), measuring.measure(request("b"))];
  const documents = measuring.documents(documentRequest);
  measuring.cancel();
  expect(await Promise.all([...answers, documents])).toEqual(["superseded", "superseded", "superseded"]);
  expect(workers[0]?.isEnded).toBe(true);
  const next = measuring.measure(request("c"));
  workers[0]?.say(measuredAnswer(4));
  workers[1]?.say(measuredAnswer(4));
  expect(await next).toMatchObject({ tookMs: 4 });
  expect(workers).toHaveLength(2);
});

test("cancelling before anything was asked ends nothing", () => {
  const { measuring, workers } = started();
  expect(() => measuring.cancel()).not.toThrow();
  expect(workers).toHaveLength(0);
});

test("a map comes after what is measured, and what refuses it is said", async () => {
  const { measuring, workers } = started();
  const mapRequest = { digest: "d", mapId: "t1", format: "nifti", language: "en", createdAt: "" } as const;
  const measured = measuring.measure(request("a"));
  const waiting = measuring.map(mapRequest);
  const [worker] = workers;
  worker?.say(measuredAnswer(1));
  await measured;
  expect(worker?.asked.map(({ kind }) => kind)).toEqual(["measure", "map"]);
  const file = { name: "t1.nii.gz", bytes: Uint8Array.of(1) };
  worker?.say({ id: 2, kind: "map", file });
  expect(await waiting).toEqual(file);
  const refused = measuring.map(mapRequest);
  const refusal = { code: "result-not-found", field: "t1", message: { en: "no", fr: "non" } };
  worker?.say({ id: 3, kind: "refused", refusal });
  await expect(refused).rejects.toMatchObject({ refusal });
});
