import { firstItemOf, numberOf, textOf } from "@etalon/dicom";
import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { KeyImage, ReportInput } from "../report-input.ts";
import { secondaryCapture } from "./secondary-capture.ts";
import { readObject } from "./testing/read-object.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

let phantom: MeasuredPhantom;
beforeAll(async () => {
  phantom = await measurePhantom();
});

/** Two pictures of 3 × 2 pixels, the second one of the LAD. */
function inputWithPictures(): ReportInput & { readonly keyImages: readonly [KeyImage, KeyImage] } {
  const picture = { width: 3, height: 2, png: Uint8Array.of(1) };
  const rgb = Uint8Array.from({ length: 18 }, (_, i) => i * 10);
  const sourceSopInstanceUid = phantom.sources[7].sopInstanceUid;
  const keyImages = [
    { ...picture, id: "sheet", rgb: new Uint8Array(18) },
    { ...picture, id: "lesion-L1", item: "L1", site: "LAD", rgb, sourceSopInstanceUid },
  ] as const;
  return { ...reportInputOf(phantom), keyImages };
}

describe("a key image as secondary capture", () => {
  it("holds the picture's own pixels, and says what it shows and where it was cut from", async () => {
    const input = inputWithPictures();
    const { bytes } = secondaryCapture(input.keyImages[1], input);
    const { dataSet, binary } = await readObject(bytes);
    expect([numberOf(dataSet, "00280010"), numberOf(dataSet, "00280011")]).toEqual([2, 3]);
    expect(textOf(dataSet, "00280004")).toBe("RGB");
    expect(await binary("7FE00010")).toEqual(input.keyImages[1].rgb);
    expect(textOf(dataSet, "00204000")).toBe("L1, LAD");
    const source = firstItemOf(dataSet, "00082112");
    expect(textOf(source ?? {}, "00081155")).toBe(phantom.sources[7].sopInstanceUid);
    expect(textOf(firstItemOf(dataSet, "00082218") ?? {}, "00080100")).toBe("59438005");
  });

  it("lies with the others in one series, each under its number", async () => {
    const input = inputWithPictures();
    const [sheet, lesion] = input.keyImages.map((image) => secondaryCapture(image, input));
    expect(sheet.seriesInstanceUid).toBe(lesion.seriesInstanceUid);
    expect(sheet.sopInstanceUid).not.toBe(lesion.sopInstanceUid);
    expect(numberOf((await readObject(sheet.bytes)).dataSet, "00200013")).toBe(1);
    expect(numberOf((await readObject(lesion.bytes)).dataSet, "00200013")).toBe(2);
  });
});
