import { describe, expect, test } from "vitest";
import { DicomError, EtalonError, InputError, messageOf, RefusalError } from "./etalon-error.ts";

describe("an error says what and where", () => {
  test("in English by itself, in French when asked", () => {
    const error = new InputError("out-of-range", "slice-increment", -3, "> 0 mm");
    expect(error.message).toBe("slice-increment must be > 0 mm, got -3");
    expect(messageOf(error, "fr")).toBe("slice-increment doit vérifier > 0 mm, reçu -3");
  });

  test("with the file, tag and offset of a broken object", () => {
    const error = new DicomError("dicom-truncated", {
      file: "a.dcm",
      field: "PixelData",
      details: { tag: "(7FE0,0010)", offset: 512 },
    });
    expect(error.message).toBe("a.dcm: the file ends inside (7FE0,0010) at byte 512");
    expect(error).toMatchObject({ code: "dicom-truncated", field: "PixelData", details: { file: "a.dcm" } });
  });

  test("a value that was not given is shown as a question mark", () => {
    expect(new EtalonError("not-finite", { field: "x" }).message).toBe("x must be a finite number, got ?");
  });
});

describe("an error is one of a class and of a kind", () => {
  test("its kind comes from the table", () => {
    expect(new EtalonError("missing-value", { field: "x" }).kind).toBe("usage");
    expect(new RefusalError("single-slice", { field: "x" }).kind).toBe("input");
  });

  test("it keeps its cause", () => {
    const cause = new Error("disk");
    expect(new EtalonError("file-unreadable", { field: "a", cause }).cause).toBe(cause);
  });

  test("each class has its name", () => {
    const context = { field: "x", file: "a" };
    expect(new RefusalError("single-slice", context).name).toBe("RefusalError");
    expect(new DicomError("not-dicom", context)).toBeInstanceOf(EtalonError);
  });
});
