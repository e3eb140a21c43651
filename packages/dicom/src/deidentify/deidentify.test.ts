import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataSet } from "../data-set.ts";
import { dataSetOf } from "../data-set-of.ts";
import { dictionaryVr } from "../dictionary.ts";
import { confidentialityTable } from "./confidentiality-table.ts";
import { deidentify } from "./deidentify.ts";
import { hmacHex } from "./hmac.ts";
import { confidentialityProfile } from "./profile.ts";

const key = new Uint8Array(32).fill(7);
const basic = confidentialityProfile("basic", []);
const ct = "1.2.840.10008.5.1.4.1.1.2";

test("HMAC-SHA256 of RFC 4231 test cases 2 and 6", () => {
  const text = new TextEncoder();
  expect(hmacHex(text.encode("Jefe"), "what do ya want for nothing?")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  const long = new Uint8Array(131).fill(0xaa);
  expect(hmacHex(long, "Test Using Larger Than Block-Size Key - Hash Key First")).toBe(
    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
  );
});

/** Later than PS3.6 2022d, which pydicom 2.3.1 and so our dictionary have. */
const newer = new Set(
  `00080017 00080019 00081088 00081301 00081302 00081303 00081304 00100011 00100012 00100013 00100014 00100015 00100016
   00100041 00100042 00100043 00100044 00100045 00100046 00100047 00102161 00102162 00120022 00120023 00120032 00120041
   00120043 00120055 00120073 00181204 00181205 00200027 003A0329 003A032B 0040A034 0040A035 0040B034 0040B036 0040B03B
   0040B03F 0040E012 30020121 30020123 3004007F 3006002D 3006002E 3006004D 3006004E 300A0054`.split(/\s+/),
);

describe("table E.1-1", () => {
  test("has the 657 rows of 2026d, that of private attributes aside", () => {
    expect(confidentialityTable.size).toBe(656);
  });

  test("names attributes of PS3.6 only", () => {
    const unknown = [...confidentialityTable.keys()].filter(
      (tag) => !tag.includes("x") && dictionaryVr(Number.parseInt(tag, 16)) === "UN",
    );
    // Selector UN Value (0072,006D) and Nonconforming Data Element Value (0400,0552) have VR UN or OB of their own.
    expect(unknown.filter((tag) => !newer.has(tag) && tag !== "0072006D")).toEqual([]);
  });
});

const headOf = (more: Parameters<typeof dataSetOf>[0]): DataSet =>
  dataSetOf({
    SOPClassUID: ct,
    SOPInstanceUID: "1.2.3.1",
    StudyInstanceUID: "1.2.3",
    SeriesInstanceUID: "1.2.3.4",
    PatientID: "IPP-0045871",
    PatientName: "Lefèvre-Desnoyers^Anne-Marie",
    ...more,
  });

test("a patient's dates move alike, intervals and times stay", () => {
  const profile = confidentialityProfile("basic", ["retain-longitudinal-modified-dates"]);
  const first = deidentify(
    headOf({ StudyDate: "20240229", AcquisitionDateTime: "20240229235959.5+0200", TimezoneOffsetFromUTC: "+0200" }),
    profile,
    {
      key,
    },
  );
  const second = deidentify(headOf({ StudyDate: "20240301", StudyTime: "081500" }), profile, { key });
  const day = (set: DataSet): number => {
    const text = String(set["00080020"]?.Value?.[0]);
    return Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) / 86_400_000;
  };
  expect(day(second.dataSet) - day(first.dataSet)).toBe(1);
  expect(String(first.dataSet["0008002A"]?.Value?.[0])).toBe(`${first.dataSet["00080020"]?.Value?.[0]}235959.5+0200`);
  expect(first.dataSet["00080201"]?.Value).toEqual(["+0200"]);
  expect(second.dataSet["00080030"]?.Value).toEqual(["081500"]);
  expect(second.dataSet["00280303"]?.Value).toEqual(["MODIFIED"]);
});

test("a UID has one pseudonym wherever it stands", () => {
  const image = deidentify(headOf({}), basic, { key }).dataSet;
  const report = deidentify(
    headOf({
      SOPClassUID: "1.2.840.10008.5.1.4.1.1.88.22",
      SOPInstanceUID: "1.2.3.9",
      CurrentRequestedProcedureEvidenceSequence: [
        {
          StudyInstanceUID: "1.2.3",
          ReferencedSeriesSequence: [
            { SeriesInstanceUID: "1.2.3.4", ReferencedSOPSequence: [{ ReferencedSOPInstanceUID: "1.2.3.1" }] },
          ],
        },
      ],
    }),
    basic,
    { key },
  ).dataSet;
  const uid = String(image["00080018"]?.Value?.[0]);
  expect(uid).toMatch(/^2\.25\.\d{30,39}$/);
  expect(JSON.stringify(report)).toContain(uid);
  expect(report["0020000D"]).toEqual(image["0020000D"]);
  expect(deidentify(headOf({}), basic, { key: new Uint8Array(32) }).dataSet["00080018"]?.Value).not.toEqual([uid]);
});

describe("clean descriptors", () => {
  const clean = (text: string, name: string): string => {
    const profile = confidentialityProfile("basic", ["clean-descriptors"]);
    const set = headOf({ PatientName: name, SeriesDescription: text, InstitutionName: "CHU de Bordeaux" });
    return String(deidentify(set, profile, { key }).dataSet["0008103E"]?.Value?.[0]);
  };
  test.each([
    ["Coro LEFEVRE DESNOYERS 0.6 mm", "Lefèvre-Desnoyers^Anne-Marie", "Coro *** 0.6 mm"],
    ["Coro Mme lefèvre, contrôle", "Lefèvre-Desnoyers^Anne-Marie", "Coro Mme ***, contrôle"],
    ["thorax de La Tour sans injection", "de La Tour^Paul", "thorax *** sans injection"],
    ["coeur de la pointe", "de La Tour^Paul", "coeur de la pointe"],
    ["NGUYEN calcique", "N'Guyen^Thi", "*** calcique"],
    ["Score N’Guyen", "N'Guyen^Thi", "Score ***"],
    ["demande Bordeaux, CHU", "Roy^Luc", "demande ***, CHU"],
    ["tel 06 12 34 56 78 ; né le 12/03/1954", "Roy^Luc", "tel *** ; né le ***"],
    ["NIR 1 54 03 33 063 123 45", "Roy^Luc", "NIR ***"],
    ["dr.martin@chu.fr 12 mars 2024", "Roy^Luc", "*** ***"],
    ["dossier IPP0045871", "Roy^Luc", "dossier ***"],
    ["rappel +33 6 12 34 56 78, cf. 1.2.250.1.59.3", "Roy^Luc", "rappel ***, cf. ***"],
    ["120 kV, 512 x 512, -20 +0200", "Roy^Luc", "120 kV, 512 x 512, -20 +0200"],
    ["CorCTA 0.75 B26f 70%", "Roy^Luc", "CorCTA 0.75 B26f 70%"],
  ])("%s, of %s", (text, name, expected) => {
    expect(clean(text, name)).toBe(expected);
  });
});

test("property: no word of the name stays in any text", () => {
  const word = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿ]{4,10}$/u);
  fc.assert(
    fc.property(word, word, fc.array(fc.lorem({ maxCount: 3 })), (family, given, around) => {
      const text = [...around, family.toUpperCase(), given].join(" ");
      const set = headOf({ PatientName: `${family}^${given}`, ImageComments: text, SoftwareVersions: text });
      const profile = confidentialityProfile("basic", ["clean-descriptors"]);
      const { dataSet } = deidentify(set, profile, { key });
      const written = ["00204000", "00181020"]
        .flatMap((tag) => dataSet[tag]?.Value)
        .join(" ")
        .toLowerCase();
      expect(written).not.toContain(family.toLowerCase());
      expect(written).not.toContain(given.toLowerCase());
    }),
    { numRuns: 100 },
  );
});

test("private attributes: gone, but those that are known to be safe", () => {
  const set = headOf({
    "00190010": { vr: "LO", Value: ["GEMS_ACQU_01"] },
    "00191023": { vr: "DS", Value: [39.37] },
    "00191030": { vr: "LO", Value: ["somebody"] },
    "00430011": { vr: "LO", Value: ["GEMS_PARM_01"] },
    "00431127": { vr: "SH", Value: ["0.984:1"] },
    "00990010": { vr: "LO", Value: ["ACME"] },
    "00991001": { vr: "LO", Value: ["secret"] },
  });
  const odd = (data: DataSet): readonly string[] =>
    Object.keys(data).filter((tag) => Number.parseInt(tag.slice(0, 4), 16) % 2 === 1);
  expect(odd(deidentify(set, basic, { key }).dataSet)).toEqual([]);
  const kept = deidentify(set, confidentialityProfile("basic", ["retain-safe-private"]), { key });
  expect(odd(kept.dataSet).toSorted()).toEqual(["00190010", "00191023", "00430011", "00431127"]);
});

test("ages over 89 are one", () => {
  const profile = confidentialityProfile("basic", ["retain-patient-characteristics"]);
  const ageOf = (age: string): unknown =>
    deidentify(headOf({ PatientAge: age }), profile, { key }).dataSet["00101010"]?.Value;
  expect(ageOf("093Y")).toEqual(["090Y"]);
  expect(ageOf("089Y")).toEqual(["089Y"]);
});
