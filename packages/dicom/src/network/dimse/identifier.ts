import { DicomError, EtalonError } from "@etalon/base";
import { byteChunks } from "../../byte-chunks.ts";
import { byteWindow } from "../../byte-window.ts";
import type { DataSet, Element, ElementValue } from "../../data-set.ts";
import { encodeElements } from "../../encode-elements.ts";
import { textEncodingOf } from "../../encode-text.ts";
import { parseTopLevel, topLevelState } from "../../top-level.ts";
import { encodingOf, explicitLittleEndianUid, implicitLittleEndianUid } from "../../transfer-syntax.ts";
import type { BytePipe } from "./pipe.ts";

/** Transfer syntaxes for messages whose data set is read and written here; all others carry objects, which are not. */
export const identifierTransferSyntaxes: readonly string[] = [explicitLittleEndianUid, implicitLittleEndianUid];

/** Longest identifier that is read into memory: a list of 10 000 UIDs takes 640 KB. */
const longestIdentifier = 4 * 1024 * 1024;

const specificCharacterSet = "00080005";

/**
 * Reads an identifier.
 *
 * @throws DicomError `dicom-malformed`, `dicom-truncated`, `dicom-too-deep`, `dicom-too-large`
 */
export async function readIdentifier(data: BytePipe | undefined, transferSyntaxUid: string): Promise<DataSet> {
  const chunks = byteChunks();
  for await (const chunk of data ?? []) {
    chunks.append(chunk);
    if (chunks.length() > longestIdentifier) {
      const details = { tag: "identifier", limit: longestIdentifier };
      throw new DicomError("dicom-too-large", {
        file: "identifier",
        field: "identifier",
        received: chunks.length(),
        details,
      });
    }
  }
  const bytes = chunks.join();
  const state = topLevelState(encodingOf(transferSyntaxUid), {
    position: 0,
    onlyGroup: undefined,
    isHeaderOnly: false,
    leaveBinaryOverBytes: longestIdentifier,
  });
  parseTopLevel(byteWindow("identifier", bytes, { base: 0, streamEnd: bytes.length }), state);
  return state.dataSet;
}

/**
 * The bytes of an identifier. Text that its SpecificCharacterSet cannot be written in goes out in UTF-8, and says so
 * (PS3.4 section C.4.1.1.3.1 leaves the SCP that choice).
 *
 * @throws InputError as `encodeValue`
 */
export function encodeIdentifier(identifier: DataSet, transferSyntaxUid: string): Uint8Array {
  const encoding = { isExplicit: encodingOf(transferSyntaxUid).isExplicit, encodeText: textEncodingOf([]) };
  try {
    return encodeElements(identifier, encoding);
  } catch (thrown) {
    if (!(thrown instanceof EtalonError) || thrown.code !== "out-of-range") throw thrown;
    const unicode: Element = { vr: "CS", Value: ["ISO_IR 192"] };
    return encodeElements({ ...withoutCharacterSet(identifier), [specificCharacterSet]: unicode }, encoding);
  }
}

function withoutCharacterSet(dataSet: DataSet): DataSet {
  const kept = Object.entries(dataSet).filter(([tag]) => tag !== specificCharacterSet);
  return Object.fromEntries(
    kept.map(([tag, element]) => [
      tag,
      element.vr === "SQ" ? { vr: "SQ", Value: (element.Value ?? []).map(itemWithoutCharacterSet) } : element,
    ]),
  );
}

function itemWithoutCharacterSet(item: ElementValue): ElementValue {
  return isDataSet(item) ? withoutCharacterSet(item) : item;
}

function isDataSet(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}
