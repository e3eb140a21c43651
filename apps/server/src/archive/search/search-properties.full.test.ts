import { existsSync } from "node:fs";
import { EtalonError } from "@etalon/base";
import { type DataSet, dataSetOf, tagOfKeyword, textOf, toDicomJson } from "@etalon/dicom";
import { describeWithPeer } from "@etalon/testing";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { debianPostgres15, startTestDatabase, type TestDatabase } from "../../testing/start-test-database.ts";
import type { Query, QueryLevel } from "../query.ts";
import { foldName } from "./fold-name.ts";
import { matchesKeys, type ReadKey } from "./matches-criterion.ts";
import { readKeys } from "./read-keys.ts";
import { searchArchive } from "./search.ts";

/** Letters that make LIKE, folding and trigrams stumble, and few of them, so that much matches. */
const letters = fc.constantFrom(..."aAbéÉ%_\\'\"= ^-.");
const text = fc
  .string({ unit: letters, minLength: 1, maxLength: 5 })
  .map((value) => value.replace(/[\\=]/g, "").trim());
const names = fc.array(fc.constantFrom("DUPONT", "Dupond", "Müller", "Muler", "Anne-Marie", "O'Neil", "山田", "Ærø"), {
  minLength: 1,
  maxLength: 3,
});
const name = fc.tuple(names, fc.constantFrom("^", " ", "^^", "=")).map(([parts, separator]) => parts.join(separator));
const day = fc.integer({ min: 1, max: 9 }).map((number) => `2024010${number}`);
const time = fc.constantFrom("08", "0830", "083015", "083015.25", "08:30:15", "235959.999999", "00");

/** What a study of these tests says. */
interface Said {
  readonly PatientID: string | null;
  readonly Occupation: string | null;
  readonly PatientName: string | null;
  readonly NameOfPhysiciansReadingStudy: readonly string[];
  readonly StudyDate: string | null;
  readonly StudyTime: string | null;
  readonly PatientBirthTime: string | null;
  readonly OtherStudyNumbers: readonly number[];
  readonly codes: readonly (readonly [string, string])[];
}

const said: fc.Arbitrary<Said> = fc.record({
  PatientID: fc.option(text.filter((value) => value !== "")),
  Occupation: fc.option(text.filter((value) => value !== "")),
  PatientName: fc.option(name),
  NameOfPhysiciansReadingStudy: fc.array(name, { maxLength: 2 }),
  StudyDate: fc.option(day),
  StudyTime: fc.option(time),
  PatientBirthTime: fc.option(time),
  OtherStudyNumbers: fc.array(fc.integer({ min: -2, max: 3 }), { maxLength: 2 }),
  codes: fc.array(fc.tuple(fc.constantFrom("A", "B", "A*"), fc.constantFrom("x", "y")), { maxLength: 3 }),
});

function queryOf(keys: Readonly<Record<string, string>>, options: Partial<Query> = {}): Query {
  return {
    level: "study",
    keys: Object.entries(keys).map(([keyword, value]) => ({ path: pathOf(keyword), value })),
    includeFields: [],
    isFuzzy: false,
    limit: 1000,
    offset: 0,
    ...options,
  };
}

function pathOf(keywords: string): string {
  return keywords
    .split(".")
    .map((keyword) => tagOfKeyword(keyword) ?? keyword)
    .join(".");
}

const pattern = fc.string({ unit: fc.oneof(letters, fc.constantFrom("*", "?")), maxLength: 6 });
const options: fc.Arbitrary<Partial<Query>> = fc.record({
  isEmptyValueMatching: fc.boolean(),
  isMultipleValueMatching: fc.boolean(),
});
const namePattern = fc
  .tuple(name, fc.constantFrom("", "*"), fc.nat({ max: 12 }), fc.constantFrom("", "*", "?"))
  .map(([whole, before, cut, after]) => `${before}${whole.slice(0, cut + 1)}${after}`);

describe("on the embedded PostgreSQL", () => agreementOn("embedded"));
const isPresent = existsSync(debianPostgres15);
describeWithPeer("on Debian's PostgreSQL 15", { name: "PostgreSQL 15", isPresent }, () =>
  agreementOn(debianPostgres15),
);

/** What holds on a PostgreSQL. */
function agreementOn(server: string): void {
  let database: TestDatabase;
  const studies: DataSet[] = [];

  beforeAll(async () => {
    database = await startTestDatabase(server);
    for (const [at, { codes, ...one }] of fc.sample(said, { numRuns: 300, seed: 7 }).entries()) {
      const study = dataSetOf({
        StudyInstanceUID: `1.2.${at}`,
        ...one,
        ...(codes.length === 0
          ? {}
          : { ProcedureCodeSequence: codes.map(([CodeValue, CodeMeaning]) => ({ CodeValue, CodeMeaning })) }),
      });
      studies.push(study);
      await database.kysely
        .insertInto("study")
        .values({
          site_id: database.siteId,
          study_instance_uid: `1.2.${at}`,
          patient_id: one.PatientID,
          patient_name_folded: one.PatientName === null ? null : foldName(one.PatientName),
          study_date: one.StudyDate,
          study_time: one.StudyTime,
          modalities: [],
          sop_classes: [],
          series_count: 0,
          instance_count: 0,
          has_versions: false,
          attributes: JSON.stringify(toDicomJson(study)),
        })
        .execute();
    }
  }, 60_000);

  afterAll(() => database.stop());

  /** UIDs found by SQL, and those that the matcher in memory finds in the same studies. */
  async function bothFind(
    query: Query,
  ): Promise<{ readonly bySql: readonly string[]; readonly byMatcher: readonly string[] }> {
    const scope = { siteId: database.siteId, actor: "test", purpose: "test" };
    const page = await searchArchive(database.kysely, scope, query);
    const keys: readonly ReadKey[] = readKeys(query).study;
    const uid = (study: DataSet): string => textOf(study, "0020000D") ?? "";
    return {
      bySql: page.matches.map(uid).sort(),
      byMatcher: studies
        .filter((study) => matchesKeys(study, keys))
        .map(uid)
        .sort(),
    };
  }

  let queriesThatFound = 0;
  beforeEach(() => {
    queriesThatFound = 0;
  });

  async function expectAgreement(query: Query): Promise<void> {
    const { bySql, byMatcher } = await bothFind(query);
    expect(bySql).toEqual(byMatcher);
    if (bySql.length > 0 && bySql.length < studies.length) queriesThatFound++;
  }

  describe("SQL finds what the matcher in memory finds", () => {
    // Two implementations that find nothing would agree, too.
    afterEach(() => expect(queriesThatFound).toBeGreaterThan(10));

    test.each(["PatientID", "Occupation"])("text and wildcards, %s", async (keyword) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(pattern, text, fc.constant('""')), options, (value, set) =>
          expectAgreement(queryOf({ [keyword]: value }, set)),
        ),
        { numRuns: 200 },
      );
    });

    test.each(["PatientName", "NameOfPhysiciansReadingStudy"])("names, %s", async (keyword) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(pattern, namePattern, name), options, (value, set) =>
          expectAgreement(queryOf({ [keyword]: value }, set)),
        ),
        { numRuns: 200 },
      );
    });

    test.each(["PatientName", "NameOfPhysiciansReadingStudy"])("fuzzy names, %s", async (keyword) => {
      const misspelt = fc.constantFrom(
        "dupon",
        "DUPONZ",
        "muller",
        "mueller",
        "anne",
        "marie",
        "o'neal",
        "山",
        "aero",
        "du mu",
      );
      await fc.assert(
        fc.asyncProperty(fc.oneof(misspelt, name), (value) =>
          expectAgreement(queryOf({ [keyword]: value }, { isFuzzy: true })),
        ),
        { numRuns: 100 },
      );
    });

    test("dates and times", async () => {
      const rangeOf = (one: fc.Arbitrary<string>) =>
        fc.tuple(one, one, fc.constantFrom("one", "from", "to", "both")).map(([a, b, form]) => {
          const [first, last] = a < b ? [a, b] : [b, a];
          return { one: first, from: `${first}-`, to: `-${last}`, both: `${first}-${last}` }[form] ?? "";
        });
      await fc.assert(
        fc.asyncProperty(rangeOf(day), rangeOf(time), rangeOf(time), (StudyDate, StudyTime, PatientBirthTime) =>
          expectAgreement(queryOf({ StudyDate, StudyTime, PatientBirthTime })),
        ),
        { numRuns: 100 },
      );
      await fc.assert(
        fc.asyncProperty(rangeOf(time), (StudyTime) => expectAgreement(queryOf({ StudyTime }))),
        { numRuns: 30 },
      );
    });

    test("numbers, and items of sequences", async () => {
      const number = fc.constantFrom("0", "-1", "2.0", "3\\1", "9");
      const code = fc.constantFrom("", "A", "B", "A*", "?", "A\\B");
      await fc.assert(
        fc.asyncProperty(number, fc.tuple(code, code), options, (OtherStudyNumbers, [value, meaning], set) =>
          expectAgreement(
            queryOf(
              {
                OtherStudyNumbers,
                "ProcedureCodeSequence.CodeValue": value,
                "ProcedureCodeSequence.CodeMeaning": meaning.toLowerCase().replace("a", "x"),
              },
              set,
            ),
          ),
        ),
        { numRuns: 100 },
      );
    });
  });

  test("any key with any value on any level is answered or refused by name", async () => {
    const keyword = fc.constantFrom(
      ..."PatientName PatientID StudyDate StudyTime AcquisitionDateTime SeriesNumber Rows StudyInstanceUID Modality PatientAge".split(
        " ",
      ),
      ..."ModalitiesInStudy SOPClassesInStudy ProcedureCodeSequence ProcedureCodeSequence.CodeValue PixelData".split(
        " ",
      ),
      ..."RequestAttributesSequence.ScheduledProtocolCodeSequence.CodeValue ImageType FrameIncrementPointer PatientWeight".split(
        " ",
      ),
      ..."NumberOfPatientRelatedStudies TimezoneOffsetFromUTC PatientComments InstanceAvailability RetrieveURL 00091001".split(
        " ",
      ),
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      pattern,
      fc.constantFrom("1", "1e400", "\0", '""', "\ud800", "-", "\\"),
    );
    const level: fc.Arbitrary<QueryLevel> = fc.constantFrom("study", "series", "instance");
    const scope = { siteId: database.siteId, actor: "test", purpose: "test" };
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(keyword, value, { maxKeys: 4 }),
        level,
        fc.boolean(),
        async (keys, on, isFuzzy) => {
          const query = queryOf(keys, { level: on, isFuzzy, isEmptyValueMatching: true, isCombinedDateTime: true });
          const outcome = await searchArchive(database.kysely, scope, query).then(
            (page) => page.total,
            (thrown: unknown) => (thrown instanceof EtalonError ? thrown.code : thrown),
          );
          expect(typeof outcome === "number" || outcome === "malformed-query" ? "answered" : outcome).toBe("answered");
        },
      ),
      { numRuns: 400 },
    );
  });
}
