import { EtalonError } from "@etalon/base";
import { type DataSet, type InstanceHeader, readInstanceHeader } from "@etalon/dicom";
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

/** A viewer asks for all frames of an instance in a row, and for those of a few instances at a time. */
const keptImages = 16;

/** A cache over the archive. What it keeps can never be stale: instances are known by the hash of their data set. */
export function createImageCache(archive: Archive): ImageCache {
  const kept = new Map<string, Promise<StoredImage>>();
  return {
    imageOf: ({ scope, instance }) => {
      const key = `${scope.siteId}:${instance.dataSetSha256}:${instance.transferSyntaxUid}`;
      const known = kept.get(key);
      kept.delete(key);
      const image = known ?? readImage(archive, { scope, instance });
      kept.set(key, image);
      image.catch(() => kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > keptImages && oldest !== undefined) kept.delete(oldest);
      return image;
    },
  };
}

async function readImage(archive: Archive, { scope, instance }: AskedInstance): Promise<StoredImage> {
  const [dataSet] = await archive.metadata(scope, instance);
  if (dataSet === undefined) throw new EtalonError("instance-not-found", { field: instance.sopInstanceUid });
  const { transferSyntaxUid, dataSetOffset, sopInstanceUid } = instance;
  const part10 = { meta: {}, dataSet, transferSyntaxUid, dataSetOffset };
  return { dataSet, header: readInstanceHeader(part10, sopInstanceUid) };
}
