import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textOf } from "../../attribute-values.ts";
import type { DataSet } from "../../data-set.ts";
import { dataSetOf } from "../../data-set-of.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import type { QueryRetrieveRequest } from "../services/handlers.ts";
import { findSopClasses, worklistSopClass } from "../sop-classes.ts";
import { contextOf, type Loopback, loopback, studyQuery, uids } from "../testing/loopback.ts";

let net: Loopback;

beforeEach(() => {
  net = loopback();
});
afterEach(() => net.close());

describe("C-FIND", () => {
  it("gives matches in both syntaxes and any character set", async () => {
    const matches: readonly DataSet[] = [
      dataSetOf({ SpecificCharacterSet: "ISO_IR 100", PatientName: "Müller^Zoë", StudyInstanceUID: "1.1" }),
      dataSetOf({ SpecificCharacterSet: "ISO_IR 192", PatientName: "山田^太郎", StudyInstanceUID: "1.2" }),
      // Latin-1 cannot write this name: it goes out in UTF-8, which the match then says.
      dataSetOf({ SpecificCharacterSet: "ISO_IR 100", PatientName: "Łukasz", StudyInstanceUID: "1.3" }),
    ];
    const asked: QueryRetrieveRequest[] = [];
    const server = await net.serve({
      find: async function* (request) {
        asked.push(request);
        for (const identifier of matches) yield { identifier };
      },
    });
    for (const syntax of [uids.implicit, uids.explicit]) {
      const association = await net.open(server, [contextOf(findSopClasses["study-root"], syntax)]);
      const found: (readonly [string | undefined, unknown])[] = [];
      const query = dataSetOf({
        SpecificCharacterSet: "ISO_IR 192",
        QueryRetrieveLevel: "STUDY",
        PatientName: "É*",
        StudyInstanceUID: "",
      });
      for await (const match of association.find({ sopClassUid: findSopClasses["study-root"], identifier: query })) {
        found.push([textOf(match, "00080005"), match["00100010"].Value?.[0]]);
      }
      expect(found).toEqual([
        ["ISO_IR 100", { Alphabetic: "Müller^Zoë" }],
        ["ISO_IR 192", { Alphabetic: "山田^太郎" }],
        ["ISO_IR 192", { Alphabetic: "Łukasz" }],
      ]);
    }
    expect(asked[0]).toMatchObject({ model: "study-root", level: "study" });
    expect(asked[0].identifier["00100010"].Value).toEqual([{ Alphabetic: "É*" }]);
  });

  it("ends early by leaving, and the handler is told", async () => {
    let yielded = 0;
    const signals: AbortSignal[] = [];
    const server = await net.serve({
      find: async function* ({ signal }) {
        signals.push(signal);
        for (; yielded < 100_000; yielded++) yield { identifier: studyQuery };
      },
    });
    const association = await net.open(server, [contextOf(findSopClasses["patient-root"])]);
    const query = { sopClassUid: findSopClasses["patient-root"], identifier: studyQuery };
    for await (const match of association.find(query)) {
      expect(match["00080052"].Value).toEqual(["STUDY"]);
      break;
    }
    expect(signals[0].aborted).toBe(true);
    expect(yielded).toBeLessThan(5000);
    // The association lives on: the cancelled query was answered to its end.
    const controller = new AbortController();
    let count = 0;
    yielded = 0;
    for await (const _ of association.find({ ...query, signal: controller.signal }))
      if (++count === 3) controller.abort();
    expect(count).toBeGreaterThanOrEqual(3);
    expect(yielded).toBeLessThan(5000);
  });

  it("holds the handler back while the reader is slow", async () => {
    let yielded = 0;
    const wide = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyDescription: "x".repeat(60_000) });
    const server = await net.serve({
      find: async function* () {
        for (; yielded < 600; yielded++) yield { identifier: wide };
      },
    });
    const association = await net.open(server, [contextOf(findSopClasses["study-root"])]);
    let count = 0;
    for await (const _ of association.find({ sopClassUid: findSopClasses["study-root"], identifier: studyQuery })) {
      if (count++ === 0) await new Promise((resolve) => setTimeout(resolve, 200));
      // 600 matches have 36 MB; 32 wait, and the kernel's buffers hold some 10 MB more.
      if (count === 1) expect(yielded).toBeLessThan(300);
    }
    expect(count).toBe(600);
  });

  it.each<[string, DataSet, number]>([
    ["no level", dataSetOf({ PatientName: "" }), 0xa900],
    ["a level that is none", dataSetOf({ QueryRetrieveLevel: "PATIENTS" }), 0xa900],
    ["a level that the study root lacks", dataSetOf({ QueryRetrieveLevel: "PATIENT" }), 0xa900],
    ["a query that its handler refuses", dataSetOf({ QueryRetrieveLevel: "SERIES" }), 0xa700],
    ["a query that its handler fails at", dataSetOf({ QueryRetrieveLevel: "IMAGE" }), 0xc001],
  ])("answers %s with its status", async (_, identifier, status) => {
    const server = await net.serve({
      find: async function* ({ level }) {
        yield { identifier: studyQuery };
        if (level === "series") throw new DimseError(dimseStatus.outOfResources, "too many");
        throw new Error("a defect");
      },
    });
    const association = await net.open(server, [contextOf(findSopClasses["study-root"])]);
    const query = association.find({ sopClassUid: findSopClasses["study-root"], identifier });
    await expect(
      (async () => {
        for await (const _match of query);
      })(),
    ).rejects.toThrow(expect.objectContaining({ status }));
  });

  it("asks the worklist, which has no levels", async () => {
    const server = await net.serve({
      worklist: async function* ({ identifier }) {
        yield {
          identifier: dataSetOf({ PatientName: textOf(identifier, "00100020") ?? "" }),
          ignoresOptionalKeys: true,
        };
      },
    });
    const association = await net.open(server, [contextOf(worklistSopClass)]);
    const names: unknown[] = [];
    const identifier = dataSetOf({ PatientID: "P1" });
    for await (const match of association.find({ sopClassUid: worklistSopClass, identifier })) {
      names.push(match["00100010"].Value?.[0]);
    }
    expect(names).toEqual([{ Alphabetic: "P1" }]);
  });
});
