import { type DataSet, firstItemOf, itemsOf, numberOf, textOf } from "@etalon/dicom";

import { readObject } from "./read-object.ts";

/** A code as it stands in a code sequence. */
export interface ReadCode {
  readonly value: string | undefined;
  readonly scheme: string | undefined;
  readonly meaning: string | undefined;
}

/** A content item with what its value type gives. */
export interface ReadItem {
  readonly relationship: string | undefined;
  readonly type: string | undefined;
  readonly name: ReadCode | undefined;
  readonly template: string | undefined;
  readonly text: string | undefined;
  readonly uid: string | undefined;
  readonly code: ReadCode | undefined;
  readonly number:
    | { readonly decimal: number | undefined; readonly exact: number | undefined; readonly unit: ReadCode | undefined }
    | undefined;
  readonly image:
    | {
        readonly sopClassUid: string | undefined;
        readonly sopInstanceUid: string | undefined;
        readonly segment: number | undefined;
      }
    | undefined;
  readonly children: readonly ReadItem[];
}

/** A structured report as read: header and content tree. */
export interface ReadReport {
  readonly header: DataSet;
  readonly root: ReadItem;
}

/** Reads the content tree of an SR file (PS3.3 C.17.3), knowing nothing of the writer. */
export async function readMeasurementReport(bytes: Uint8Array): Promise<ReadReport> {
  const { dataSet } = await readObject(bytes);
  return { header: dataSet, root: readItem(dataSet) };
}

/** The items of a tree, depth first, that have this code as their name. */
export function itemsNamed(root: ReadItem, value: string): ReadItem[] {
  return [...(root.name?.value === value ? [root] : []), ...root.children.flatMap((child) => itemsNamed(child, value))];
}

function readItem(item: DataSet): ReadItem {
  const measured = firstItemOf(item, "0040A300");
  const image = firstItemOf(item, "00081199");
  const template = firstItemOf(item, "0040A504");
  return {
    relationship: textOf(item, "0040A010"),
    type: textOf(item, "0040A040"),
    name: readCode(item, "0040A043"),
    template: template === undefined ? undefined : textOf(template, "0040DB00"),
    text: textOf(item, "0040A160"),
    uid: textOf(item, "0040A124"),
    code: readCode(item, "0040A168"),
    number:
      measured === undefined
        ? undefined
        : {
            decimal: numberOf(measured, "0040A30A"),
            exact: numberOf(measured, "0040A161"),
            unit: readCode(measured, "004008EA"),
          },
    image:
      image === undefined
        ? undefined
        : {
            sopClassUid: textOf(image, "00081150"),
            sopInstanceUid: textOf(image, "00081155"),
            segment: numberOf(image, "0062000B"),
          },
    children: itemsOf(item, "0040A730").map(readItem),
  };
}

function readCode(item: DataSet, tag: string): ReadCode | undefined {
  const code = firstItemOf(item, tag);
  if (code === undefined) return undefined;
  return {
    value: textOf(code, "00080100") ?? textOf(code, "00080119"),
    scheme: textOf(code, "00080102"),
    meaning: textOf(code, "00080104"),
  };
}
