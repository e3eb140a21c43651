import { z } from "zod";

/** What is kept of one reading: its newest document. */
const keptSchema = z.object({
  study: z.string(),
  protocol: z.string(),
  version: z.number().int().positive(),
  savedAt: z.string(),
  preliminaryAt: z.string().nullable(),
  document: z.record(z.string(), z.unknown()),
});

/** A reading as this browser keeps it. */
export type KeptReading = z.infer<typeof keptSchema>;

const exportedSchema = z.object({ schema: z.literal("etalon.readings/1"), readings: z.array(keptSchema) });

/** Keeps readings in this browser. */
export interface DocumentStore {
  readonly read: (study: string, protocol: string) => Promise<KeptReading | undefined>;
  readonly write: (kept: KeptReading) => Promise<void>;
  /** Every reading as one JSON document, `etalon.readings/1`. */
  readonly exported: () => Promise<string>;
  /**
   * Takes readings in; one that this browser has otherwise becomes its next version.
   *
   * @returns how many were taken in
   * @throws {SyntaxError | z.ZodError} where the text is no export
   */
  readonly imported: (text: string) => Promise<number>;
}

const storeName = "readings";

/** Readings in IndexedDB, under the address of the page. */
export function createDocumentStore(factory: IDBFactory): DocumentStore {
  const opening = (): Promise<IDBDatabase> => {
    const request = factory.open("etalon-alone", 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore(storeName, { keyPath: ["study", "protocol"] }),
    );
    return settled(request);
  };
  const database = opening();
  const within = async <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    settled(ask((await database).transaction(storeName, mode).objectStore(storeName)));
  const read = async (study: string, protocol: string): Promise<KeptReading | undefined> => {
    const found = keptSchema.safeParse(await within("readonly", (store) => store.get([study, protocol])));
    return found.data;
  };
  const write = async (kept: KeptReading): Promise<void> => {
    await within("readwrite", (store) => store.put(kept));
  };
  return {
    read,
    write,
    exported: async () => {
      const readings = z.array(keptSchema).parse(await within("readonly", (store) => store.getAll()));
      return JSON.stringify({ schema: "etalon.readings/1", readings }, null, 2);
    },
    imported: async (text) => {
      const { readings } = exportedSchema.parse(JSON.parse(text));
      for (const reading of readings) {
        const own = await read(reading.study, reading.protocol);
        await write(own === undefined ? reading : { ...reading, version: Math.max(own.version, reading.version) + 1 });
      }
      return readings.length;
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}
