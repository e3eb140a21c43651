import type {
  DocumentRequest,
  Documents,
  MadeFile,
  MapRequest,
  Measured,
  MeasureRequest,
  MeasuringAnswer,
  MeasuringProgress,
  MeasuringQuestion,
  MeasuringRefusal,
} from "./measuring-messages.ts";

/** Why something was not measured. */
export class MeasuringError extends Error {
  override readonly name = "MeasuringError";
  readonly refusal: MeasuringRefusal;

  constructor(refusal: MeasuringRefusal) {
    super(refusal.message.en);
    this.refusal = refusal;
  }
}

/** Measures beside the page. */
export interface Measuring {
  /**
   * Of several requests that wait, only the newest is measured; the others come to nothing ("superseded").
   *
   * @throws {MeasuringError}
   */
  readonly measure: (
    request: MeasureRequest,
    onProgress?: (progress: MeasuringProgress) => void,
  ) => Promise<Measured | "superseded">;
  /** Verdicts, report and charts of the last result. @throws {MeasuringError} */
  readonly documents: (request: DocumentRequest) => Promise<Documents | "superseded">;
  /** A map of the last result as a file. @throws {MeasuringError} `result-not-found` where another was measured meanwhile */
  readonly map: (request: MapRequest) => Promise<MadeFile | "superseded">;
  /** Ends what is under way: the next request begins anew. */
  readonly cancel: () => void;
}

interface Waiting {
  readonly question: MeasuringQuestion;
  readonly resolve: (answer: MeasuringAnswer | "superseded") => void;
  readonly onProgress: ((progress: MeasuringProgress) => void) | undefined;
}

/** Asks a worker, which is started when first needed, one question at a time. */
export function createMeasuring(createWorker: () => Worker): Measuring {
  const { ask, cancel } = createQueue(createWorker);
  let nextId = 0;
  return {
    measure: async (request, onProgress) => {
      nextId += 1;
      const answer = await ask({ id: nextId, kind: "measure", request }, onProgress);
      if (answer === "superseded") return answer;
      if (answer.kind === "measured") return answer.measured;
      throw new MeasuringError(refusalOf(answer));
    },
    documents: async (request) => {
      nextId += 1;
      const answer = await ask({ id: nextId, kind: "documents", request });
      if (answer === "superseded") return answer;
      if (answer.kind === "documents") return answer.documents;
      throw new MeasuringError(refusalOf(answer));
    },
    map: async (request) => {
      nextId += 1;
      const answer = await ask({ id: nextId, kind: "map", request });
      if (answer === "superseded") return answer;
      if (answer.kind === "map") return answer.file;
      throw new MeasuringError(refusalOf(answer));
    },
    cancel,
  };
}

interface Queue {
  readonly ask: (
    question: MeasuringQuestion,
    onProgress?: (progress: MeasuringProgress) => void,
  ) => Promise<MeasuringAnswer | "superseded">;
  readonly cancel: () => void;
}

function createQueue(createWorker: () => Worker): Queue {
  let worker: Worker | undefined;
  let running: Waiting | undefined;
  const waiting = new Map<MeasuringQuestion["kind"], Waiting>();

  const next = (): void => {
    if (running !== undefined) return;
    // A result comes before the documents on it.
    const first = waiting.get("measure") ?? waiting.get("documents") ?? waiting.get("map");
    if (first === undefined) return;
    waiting.delete(first.question.kind);
    running = first;
    worker ??= start();
    worker.postMessage(first.question);
  };
  const start = (): Worker => {
    const made = createWorker();
    made.addEventListener("message", ({ data }: MessageEvent<MeasuringAnswer>) => {
      if (made !== worker || data.id !== running?.question.id) return;
      if (data.kind === "progress") {
        running.onProgress?.(data.progress);
        return;
      }
      const { resolve } = running;
      running = undefined;
      resolve(data);
      next();
    });
    made.addEventListener("error", ({ message }) => {
      if (made !== worker) return;
      const said = message === "" ? "worker" : message;
      const refusal = { code: "failed", field: "", message: { en: said, fr: said } };
      const id = running?.question.id ?? 0;
      const stopped = running;
      [running, worker] = [undefined, undefined];
      stopped?.resolve({ id, kind: "refused", refusal });
      next();
    });
    return made;
  };
  return {
    ask: (question, onProgress) =>
      new Promise((resolve) => {
        waiting.get(question.kind)?.resolve("superseded");
        waiting.set(question.kind, { question, resolve, onProgress });
        next();
      }),
    cancel: () => {
      worker?.terminate();
      worker = undefined;
      running?.resolve("superseded");
      running = undefined;
      for (const { resolve } of waiting.values()) resolve("superseded");
      waiting.clear();
    },
  };
}

function refusalOf(answer: MeasuringAnswer): MeasuringRefusal {
  return answer.kind === "refused" ? answer.refusal : { code: "failed", field: "", message: { en: "?", fr: "?" } };
}
