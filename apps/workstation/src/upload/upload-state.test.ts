import { expect, test } from "vitest";
import { gathering, nextUpload, type UploadEvent, waitingCount } from "./upload-state.ts";

const bad = { path: "a/notes.txt", code: "not-dicom", reason: "" };

test("every file given is stored, refused or waiting", () => {
  const events: readonly UploadEvent[] = [
    { kind: "gathered", total: 4, refused: [{ path: "DICOMDIR", code: "dicomdir", reason: "" }] },
    { kind: "stored" },
    { kind: "refused", refused: bad },
    { kind: "cancelled" },
    { kind: "ended" },
  ];
  const end = events.reduce(nextUpload, gathering);
  expect(end).toMatchObject({ total: 4, stored: 1, phase: "cancelled" });
  expect(end.refused.map(({ path }) => path)).toEqual(["DICOMDIR", "a/notes.txt"]);
  expect(waitingCount(end)).toBe(1);
});
