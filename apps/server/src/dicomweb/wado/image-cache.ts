import { EtalonError } from "@etalon/base";
import { type DataSet, type ElementValue, type InstanceHeader, readInstanceHeader } from "@etalon/dicom";
import type { Archive } from "../../archive/archive.ts";
import type { AskedInstance } from "../../archive/asked-instance.ts";

/** What is known of an instance without its pixels. */
export interface StoredImage {
  /** As `Archive.metadata` prepared it. */
  readonly dataSet: DataSet;
  readonly header: InstanceHeader;
}

/** Headers of the instances that frames were asked of lately. */
export interface ImageCache {
  readonly imageOf: (asked: AskedInstance) => Promise<StoredImage>;
}

/** The headers of some thousand plain images, or of a few with ten thousand frames. */
export const keptImageBytes = 64 * 1024 * 1024;

/**
 * A cache over the archive of at most `mostBytes`; what was asked for longest ago goes first, and the one asked for last stays
 * whatever its size. What it keeps can never be stale: instances are known by the hash of their data set.
 */
export function createImageCache(archive: Pick<Archive, "metadata">, mostBytes: number): ImageCache {
  const kept = new Map<string, { readonly image: Promise<StoredImage>; bytes: number }>();
  let keptBytes = 0;

  function remove(key: string): void {
    keptBytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  function weigh(key: string, bytes: number): void {
    const entry = kept.get(key);
    if (entry === undefined) return;
    keptBytes += bytes - entry.bytes;
    entry.bytes = bytes;
    for (const oldest of [...kept.keys()].slice(0, -1)) {
      if (keptBytes <= mostBytes) break;
      remove(oldest);
    }
  }

  return {
    imageOf: ({ scope, instance }) => {
      const key = `${scope.siteId}:${instance.dataSetSha256}:${instance.transferSyntaxUid}`;
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known.image;
      }
      const image = readImage(archive, { scope, instance });
      kept.set(key, { image, bytes: 0 });
      image.then(
        ({ dataSet }) => weigh(key, memoryOf(dataSet)),
        () => remove(key),
      );
      return image;
    },
  };
}

/** About what an element takes beside its values, and a value beside its text, bytes. */
const [elementBytes, valueBytes] = [200, 16];

/** About the bytes that a data set takes in memory. */
function memoryOf(dataSet: DataSet): number {
  let sum = 0;
  for (const { Value = [], bytes } of Object.values(dataSet)) {
    sum += elementBytes + (bytes?.length ?? 0);
    for (const value of Value) sum += valueBytes + memoryOfValue(value);
  }
  return sum;
}

function memoryOfValue(value: ElementValue): number {
  if (typeof value === "string") return value.length * 2;
  // Of a sequence, every value but an empty one is an item.
  return isItem(value) ? memoryOf(value) : 0;
}

function isItem(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

async function readImage(archive: Pick<Archive, "metadata">, { scope, instance }: AskedInstance): Promise<StoredImage> {
  const [dataSet] = await archive.metadata(scope, instance);
  if (dataSet === undefined) throw new EtalonError("instance-not-found", { field: instance.sopInstanceUid });
  const { transferSyntaxUid, dataSetOffset, sopInstanceUid } = instance;
  const part10 = { meta: {}, dataSet, transferSyntaxUid, dataSetOffset };
  return { dataSet, header: readInstanceHeader(part10, sopInstanceUid) };
}
