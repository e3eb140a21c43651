import { expect, test } from "vitest";
import { appTexts } from "../app/app-texts.ts";
import { curveTexts } from "../panel/curves/curve-texts.ts";
import { mapTexts } from "../panel/maps/map-texts.ts";
import { panelTexts } from "../panel/panel-texts.ts";
import { roomTexts } from "../reading/room-texts.ts";
import { reportTexts } from "../report/report-texts.ts";
import { signInTexts } from "../sign-in/sign-in-texts.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { worklistTexts } from "../worklist/worklist-texts.ts";
import { dicomDate, personName } from "./dicom-text.ts";

const all = {
  appTexts,
  curveTexts,
  mapTexts,
  panelTexts,
  reportTexts,
  roomTexts,
  signInTexts,
  uploadTexts,
  worklistTexts,
};

test.each(Object.entries(all))("%s says everything in both languages", (_, texts) => {
  expect(Object.keys(texts.fr).sort()).toEqual(Object.keys(texts.en).sort());
  for (const text of [...Object.values(texts.en), ...Object.values(texts.fr)]) {
    expect(typeof text === "string" ? text.trim() : "made of numbers").not.toBe("");
  }
});

test.each(Object.entries(all))("%s has French typography", (_, texts) => {
  for (const text of Object.values<unknown>(texts.fr)) {
    if (typeof text !== "string") continue;
    // A no-break space, narrow or not, stands before these; an apostrophe is a curly one.
    expect(text).not.toMatch(/[^\u00a0\u202f][;!?%]| [:;!?%]|'/);
  }
});

test("names and dates are written as people read them", () => {
  expect(personName({ "00100010": { vr: "PN", Value: [{ Alphabetic: "LEFÈVRE^Jean-Noël" }] } }, "00100010")).toBe(
    "LEFÈVRE, Jean-Noël",
  );
  expect([dicomDate("20240229", "fr"), dicomDate("20240229", "en"), dicomDate("", "fr")]).toEqual([
    "29/02/2024",
    "2024-02-29",
    "",
  ]);
});
