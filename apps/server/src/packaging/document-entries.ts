import { numberOf, readBulk, readPart10, textOf } from "@etalon/dicom";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import { archiveSource } from "../archive/archive-source.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";

const encapsulatedPdf = "1.2.840.10008.5.1.4.1.1.104.1";

/** A report is some pages: what is longer stays in its DICOM file. */
const longestBytes = 64 * 1024 ** 2;

/** The reports that are kept as PDF among instances, as files that open by themselves. */
export async function documentEntries(
  archive: Archive,
  scope: AccessScope,
  instances: readonly StoredInstance[],
): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const instance of instances) {
    if (instance.sopClassUid !== encapsulatedPdf || instance.sizeBytes > longestBytes) continue;
    const source = archiveSource(archive, { scope, instance });
    const part10 = await readPart10(source, { until: "end" });
    const element = part10.dataSet["00420011"];
    if (element === undefined || textOf(part10.dataSet, "00420012") !== "application/pdf") continue;
    const padded =
      element.bulk === undefined ? (element.bytes ?? new Uint8Array(0)) : await readBulk(source, part10, element.bulk);
    const bytes = padded.subarray(0, numberOf(part10.dataSet, "00420015") ?? padded.length);
    entries.push(memoryEntry(`REPORTS/report-${entries.length + 1}.pdf`, bytes));
  }
  return entries;
}
