import { describe, expect, it } from "vitest";
import { parseAccept } from "../media/parse-accept.ts";
import { frameForm } from "./frame-form.ts";
import { bestForm } from "./instance-form.ts";

const syntaxes = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
  bigEndian: "1.2.840.10008.1.2.2",
  jpeg: "1.2.840.10008.1.2.4.50",
  jpegLs: "1.2.840.10008.1.2.4.80",
  jpeg2000: "1.2.840.10008.1.2.4.90",
  video: "1.2.840.10008.1.2.4.102",
} as const;

describe("the form of an instance (PS3.18 section 8.7.3.4)", () => {
  const dicom = 'multipart/related; type="application/dicom"';
  it.each([
    [dicom, "explicit", "verbatim"],
    [dicom, "implicit", "explicit-or-verbatim"],
    [dicom, "jpegLs", "explicit-or-verbatim"],
    [dicom, "jpeg", "verbatim"],
    [dicom, "video", "verbatim"],
    [`${dicom}; transfer-syntax=*`, "jpegLs", "verbatim"],
    [`${dicom}; transfer-syntax=*`, "implicit", "verbatim"],
    ["*/*", "jpegLs", "verbatim"],
    [`${dicom}; transfer-syntax=${syntaxes.jpegLs}`, "jpegLs", "verbatim"],
    [`${dicom}; transfer-syntax=${syntaxes.jpegLs}`, "explicit", undefined],
    [`${dicom}; transfer-syntax=${syntaxes.explicit}`, "jpeg", "explicit"],
    [`${dicom}; transfer-syntax=${syntaxes.explicit}`, "video", undefined],
    [
      `${dicom}; transfer-syntax=${syntaxes.explicit}, ${dicom}; transfer-syntax=${syntaxes.jpegLs}`,
      "jpegLs",
      "verbatim",
    ],
    [
      `${dicom}; transfer-syntax=${syntaxes.explicit}, ${dicom}; transfer-syntax=${syntaxes.jpegLs}; q=0.5`,
      "jpegLs",
      "explicit",
    ],
    ["application/dicom+xml", "explicit", undefined],
  ] as const)("%s of %s", (accept, stored, form) => {
    expect(bestForm(syntaxes[stored], parseAccept(accept))).toBe(form);
  });
});

describe("the form of frames (PS3.18 sections 8.7.3.2 and 8.7.3.3)", () => {
  const octets = "application/octet-stream";
  it.each([
    ["*/*", "explicit", octets, "explicit"],
    ["*/*", "jpegLs", octets, "explicit"],
    ["*/*", "video", "video/mp4", "video"],
    [octets, "bigEndian", octets, "explicit"],
    [`${octets}; transfer-syntax=*`, "bigEndian", octets, "explicit"],
    [`${octets}; transfer-syntax=*`, "jpegLs", octets, "jpegLs"],
    [`${octets}; transfer-syntax=${syntaxes.explicit}`, "jpegLs", octets, "explicit"],
    ["image/jls", "jpegLs", "image/jls", "jpegLs"],
    [`image/jls; transfer-syntax=${syntaxes.jpegLs}`, "jpegLs", "image/jls", "jpegLs"],
    ["image/x-jls", "jpegLs", "image/jls", "jpegLs"],
    ["image/*", "jpeg2000", "image/jp2", "jpeg2000"],
    ["*/*; transfer-syntax=*", "jpegLs", "image/jls", "jpegLs"],
  ] as const)("%s of %s", (...[accept, stored, mediaType, given]) => {
    const form = parseAccept(accept).map((range) => frameForm(syntaxes[stored], range))[0];
    expect([form?.mediaType, form?.transferSyntaxUid]).toEqual([mediaType, syntaxes[given]]);
  });

  it.each([
    ["image/jp2", "jpegLs"],
    ["image/jls", "explicit"],
    [`image/jls; transfer-syntax=1.2.840.10008.1.2.4.81`, "jpegLs"],
    [`${octets}; transfer-syntax=${syntaxes.jpegLs}`, "explicit"],
    [octets, "video"],
  ] as const)("%s of %s cannot be given", (accept, stored) => {
    expect(parseAccept(accept).map((range) => frameForm(syntaxes[stored], range))).toEqual([undefined]);
  });
});
