import { expect, test } from "vitest";
import { readSeriesObjects } from "./read-pictures.ts";

const plain = {
  "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.1.1.2"] },
  "00080018": { vr: "UI", Value: ["1.2.3.4"] },
  "00080060": { vr: "CS", Value: ["CT"] },
  "0020000D": { vr: "UI", Value: ["1.2"] },
  "0020000E": { vr: "UI", Value: ["1.2.3"] },
  "00280002": { vr: "US", Value: [1] },
  "00280004": { vr: "CS", Value: ["MONOCHROME2"] },
  "00280010": { vr: "US", Value: [2] },
  "00280011": { vr: "US", Value: [3] },
  "00280100": { vr: "US", Value: [16] },
  "00280101": { vr: "US", Value: [12] },
  "00280102": { vr: "US", Value: [11] },
  "00280103": { vr: "US", Value: [0] },
  "7FE00010": { vr: "OW", BulkDataURI: "http://h/bulk" },
};
const window = (center: number, width: number) => ({
  "00281050": { vr: "DS", Value: [center] },
  "00281051": { vr: "DS", Value: [width] },
});
const sequence = (...items: object[]) => ({ vr: "SQ", Value: items });

/** The pictures of one object. */
function picturesOf(more: object) {
  return readSeriesObjects([{ ...plain, ...more }]).flatMap(({ pictures }) => pictures);
}

test("each frame of an object is a picture with an address of its own", () => {
  const pictures = picturesOf({ "00280008": { vr: "IS", Value: [2] } });
  expect(pictures.map(({ id, path }) => [id, path])).toEqual([
    ["1.2.3.4/1", "dicom-web/studies/1.2/series/1.2.3/instances/1.2.3.4/frames/1"],
    ["1.2.3.4/2", "dicom-web/studies/1.2/series/1.2.3/instances/1.2.3.4/frames/2"],
  ]);
  expect(pictures[0]?.header).toMatchObject({ rows: 2, columns: 3, frames: [] });
});

test("what travels to decoding is group 0028, and nothing else", () => {
  const [picture] = picturesOf({});
  const tags = Object.keys(picture?.pixelModule ?? {});
  expect(tags.sort()).toEqual(Object.keys(plain).filter((tag) => tag.startsWith("0028")));
});

test("an object without pixels is kept, and shows nothing", () => {
  const { "7FE00010": _pixels, ...report } = plain;
  const [object] = readSeriesObjects([report]);
  expect(object?.header.sopInstanceUid).toBe("1.2.3.4");
  expect(object?.pictures).toEqual([]);
});

test("what is no list has no objects", () => {
  expect([readSeriesObjects(undefined), readSeriesObjects({})]).toEqual([[], []]);
});

test("the window is the frame's own, else that of all frames, else the object's", () => {
  const own = sequence({ "00289132": sequence(window(1, 10)) }, { "00280000": { vr: "UL", Value: [1] } });
  const all = sequence({ "00289132": sequence(window(2, 20)) });
  const two = { "00280008": { vr: "IS", Value: [2] } };
  const windowsOf = (more: object) => picturesOf({ ...two, ...more }).map((picture) => picture.window);
  expect(windowsOf({ "52009230": own, "52009229": all, ...window(3, 30) })).toEqual([
    { center: 1, width: 10 },
    { center: 2, width: 20 },
  ]);
  expect(windowsOf(window(3, 30))).toEqual(Array(2).fill({ center: 3, width: 30 }));
});

test("a window without a width draws nothing, and is none", () => {
  expect(picturesOf(window(3, 0))[0]?.window).toBeUndefined();
  expect(picturesOf({ "00281050": { vr: "DS", Value: [3] } })[0]?.window).toBeUndefined();
});

test("spacing without a place is taken where it is calibrated; the detector's is not", () => {
  const spacing = (tag: string, ...Value: number[]) => picturesOf({ [tag]: { vr: "DS", Value } })[0]?.plane;
  expect(spacing("00280030", 0.5, 0.25)).toMatchObject({ hasSpacing: true, spacingMm: [0.5, 0.25] });
  // ImagerPixelSpacing (0018,1164).
  expect(spacing("00181164", 0.2, 0.2)).toMatchObject({ hasSpacing: false, spacingMm: [1, 1] });
  expect(spacing("00280030", 0, 0.25)).toMatchObject({ hasSpacing: false });
});

test("colour tables that were left on the server keep their address", () => {
  const [picture] = picturesOf({ "00281201": { vr: "OW", BulkDataURI: "http://h/red" } });
  expect(picture?.tableUrls).toEqual({ "00281201": "http://h/red" });
});

test("regions of an ultrasound picture are read, those that say too little are not", () => {
  const tags = ["00186018", "0018601C", "0018601A", "0018601E", "00186024", "00186026", "0018602C", "0018602E"];
  const values = [10, 200, 20, 300, 3, 3, 0.05, 0.06];
  const whole = Object.fromEntries(tags.map((tag, at) => [tag, { vr: at < 6 ? "UL" : "FD", Value: [values[at]] }]));
  const { "0018602E": _deltaY, ...lacking } = whole;
  const { "00186018": _x0, ...unplaced } = whole;
  expect(picturesOf({ "00186011": sequence(whole, lacking, unplaced) })[0]?.regions).toEqual([
    { columns: [10, 200], rows: [20, 300], units: [3, 3], deltas: [0.05, 0.06] },
  ]);
});
