import { EtalonError, sha256Hex } from "@etalon/base";
import { bytesSource, createCodecSet, decodeFrame, readInstanceHeader, readPart10 } from "@etalon/dicom";

/**
 * SHA-256 of the first frame's samples of each file, or the code of the error that refuses it, by file name.
 *
 * @param read the bytes of a file
 */
export async function decodedDigests(
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
): Promise<Record<string, string>> {
  const codecs = createCodecSet();
  const digests: Record<string, string> = {};
  for (const name of names) {
    try {
      const source = bytesSource(name, await read(name));
      const part10 = await readPart10(source, { until: "pixel-data" });
      const header = readInstanceHeader(part10, name);
      const { samples } = await decodeFrame(source, part10, { header, frameIndex: 0, codecs });
      digests[name] = sha256Hex(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    } catch (error) {
      if (!(error instanceof EtalonError)) throw error;
      digests[name] = error.code;
    }
  }
  return digests;
}

/** {@link decodedDigests} of what the server of a page lists in `names.json`. */
export async function decodedDigestsInPage(): Promise<Record<string, string>> {
  const response = await fetch("names.json");
  const names: readonly string[] = await response.json();
  return decodedDigests(names, async (name) => {
    const file = await fetch(encodeURIComponent(name));
    if (!file.ok) throw new Error(`${name}: HTTP ${file.status}`);
    return new Uint8Array(await file.arrayBuffer());
  });
}
