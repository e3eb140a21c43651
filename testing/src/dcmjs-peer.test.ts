import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, type DataSet, readPart10 } from "@etalon/dicom";
import { phantomKinds } from "@etalon/phantom";
import dcmjs from "dcmjs";
import { describe, expect, test } from "vitest";
import { describeWithSharedData } from "./shared-data.ts";

/** Value representations whose values both readers give as plain strings or numbers. */
const plain = new Set(["AE", "AS", "CS", "DA", "DS", "FD", "FL", "IS", "LO", "SH", "SL", "SS", "TM", "UI", "UL", "US"]);

/** dcmjs replaces it by ISO_IR 192 when it has decoded the texts. */
const specificCharacterSet = "00080005";

type Values = Readonly<Record<string, readonly string[]>>;

/** The values of a data set by tag and VR, as text without padding, and of its sequences as "tag[item]". */
function valuesOf(dataSet: Readonly<Record<string, { vr: string; Value?: readonly unknown[] }>>, prefix = ""): Values {
  const values: Record<string, readonly string[]> = {};
  for (const [tag, { vr, Value = [] }] of Object.entries(dataSet)) {
    if (vr === "SQ") {
      for (const [index, item] of Value.entries()) {
        Object.assign(values, valuesOf(item as DataSet, `${prefix}${tag}[${index}].`));
      }
    } else if (plain.has(vr) && tag !== specificCharacterSet) {
      const texts = Value.map((value) => String(value ?? "").trim());
      values[`${prefix}${tag} ${vr}`] = texts.every((text) => text === "") ? [] : texts;
    }
  }
  return values;
}

async function expectSameValues(name: string, bytes: Uint8Array): Promise<void> {
  const ours = await readPart10(bytesSource(name, bytes), { until: "end" });
  const theirs = dcmjs.data.DicomMessage.readFile(new Uint8Array(bytes).buffer);
  const expected = valuesOf(theirs.dict);
  expect(Object.keys(expected).length).toBeGreaterThan(20);
  expect(valuesOf(ours.dataSet)).toEqual(expected);
}

describe("dcmjs reads the same", () => {
  test("from a phantom's slice, which our writer wrote", async () => {
    const phantom = phantomKinds[0]?.build({ thicknessMm: 10, incrementMm: 10 });
    const [file] = phantom?.files ?? [];
    if (file === undefined) throw new Error("the phantom has no files");
    await expectSameValues(file.name, file.bytes);
  });

  describeWithSharedData("from one real image in every", "7-conformance/cornerstone-ct-syntaxes", (folder) => {
    // Without explicit VRs dcmjs takes a signed PixelPaddingValue for unsigned and leaves group lengths unknown; pydicom is
    // the peer there.
    const names = readdirSync(folder).filter((name) => /^CTImage\.dcm_(?!.*Implicit)/.test(name));
    test.each(names)("transfer syntax: %s", async (name) => {
      await expectSameValues(name, new Uint8Array(readFileSync(join(folder, name))));
    });
  });
});
