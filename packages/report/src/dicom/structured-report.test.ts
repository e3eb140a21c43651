import { itemsOf, textOf } from "@etalon/dicom";
import { catalog } from "@etalon/measure";
import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { lesionSegmentation } from "./lesion-segmentation.ts";
import { structuredReport } from "./structured-report.ts";
import { itemsNamed, type ReadItem, readMeasurementReport } from "./testing/read-measurement-report.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

/** The outputs that a group holds, as the result would say them. */
function outputsOf(group: ReadItem) {
  const textOfChild = (value: string) => group.children.find(({ name }) => name?.value === value)?.text;
  return group.children
    .filter(({ type }) => type === "NUM")
    .map(({ name, number }) => ({
      code: name,
      value: number?.exact,
      unit: number?.unit?.value,
      site: textOfChild("site"),
      item: textOfChild("item"),
    }));
}

describe("the structured report of a result", () => {
  let phantom: MeasuredPhantom;
  beforeAll(async () => {
    phantom = await measurePhantom();
  });

  it("holds every output with its code, unit, place and value to the last bit", async () => {
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    const read = itemsNamed(root, "125007").flatMap(outputsOf);
    expect(read).toEqual(
      phantom.result.outputs.map(({ code, value, unit, site, item }) => ({ code, value, unit, site, item })),
    );
    expect(read.length).toBeGreaterThan(20);
  });

  it("writes the same number in 16 characters beside it", async () => {
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    for (const { number } of itemsNamed(root, "112058")) {
      // Sixteen characters hold at least nine significant digits of any double: sign, point and exponent take seven.
      expect(number?.decimal).toBeCloseTo(number?.exact ?? Number.NaN, 6);
      expect(number?.unit).toEqual({ value: "[arb'U]", scheme: "UCUM", meaning: "arbitrary unit" });
    }
  });

  it("follows TID 1500: language, observer, procedure, library, measurements, evaluations", async () => {
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    expect(root).toMatchObject({ type: "CONTAINER", template: "1500", name: { value: "126000", scheme: "DCM" } });
    expect(root.children.map(({ relationship, name }) => [relationship, name?.value])).toEqual([
      ["HAS CONCEPT MOD", "121049"],
      ["HAS OBS CONTEXT", "121005"],
      ["HAS OBS CONTEXT", "121012"],
      ["HAS OBS CONTEXT", "121013"],
      ["HAS OBS CONTEXT", "121014"],
      ["HAS OBS CONTEXT", "121015"],
      ["HAS CONCEPT MOD", "121058"],
      ["CONTAINS", "111028"],
      ["CONTAINS", "126010"],
      ["CONTAINS", "C0034375"],
    ]);
    expect(root.children[0].code).toEqual({ value: "fr", scheme: "RFC5646", meaning: "French" });
    expect(itemsNamed(root, "111028")[0].children[0].children).toHaveLength(phantom.sources.length);
  });

  it("names the vessels in SNOMED CT, the algorithm in every group, its parameters once", async () => {
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    const groups = itemsNamed(root, "125007");
    const siteOf = (label: string) =>
      groups.find((group) => group.children.some(({ name, text }) => name?.value === "site" && text === label));
    // PS3.16 CID 3015.
    expect(itemsNamed(siteOf("LAD") ?? groups[0], "363698007")[0].code?.value).toBe("59438005");
    expect(itemsNamed(siteOf("RCA") ?? groups[0], "363698007")[0].code?.value).toBe("13647002");
    for (const group of groups) {
      expect(itemsNamed(group, "111001")[0].text).toBe("coronary/calcium-score");
      expect(itemsNamed(group, "111003")[0].text).toBe(phantom.result.protocol.version);
    }
    expect(itemsNamed(root, "111002").map(({ text }) => text)).toContain("threshold=130 [hnsf'U]");
    expect(itemsNamed(root, "111002")).toHaveLength(phantom.result.recipe.parameters.length);
  });

  it("gives every group a tracking UID of its own, derived from the digest", async () => {
    const read = async (digest: string) => {
      const input = reportInputOf(phantom, { result: { ...phantom.result, digest } });
      const { root } = await readMeasurementReport(structuredReport(input).bytes);
      return itemsNamed(root, "112040").map(({ uid }) => uid);
    };
    const first = await read("a".repeat(64));
    expect(new Set(first).size).toBe(first.length);
    const other = await read("b".repeat(64));
    expect(other.filter((uid) => first.includes(uid))).toEqual([]);
  });

  it("is the same file whenever it is made, and another UID as soon as it says anything else", () => {
    const input = reportInputOf(phantom);
    const first = structuredReport(input);
    const later = structuredReport({
      ...input,
      createdAt: "2027-01-01T00:00:00Z",
      sources: phantom.sources.toReversed(),
    });
    expect(later).toEqual(first);
    const renamed = { ...input.context, patient: { ...input.context.patient, name: { Alphabetic: "Autre^Nom" } } };
    const others = [
      structuredReport({ ...input, language: "en" }),
      structuredReport({ ...input, context: renamed }),
      structuredReport({ ...input, result: { ...input.result, digest: "0".repeat(64) } }),
    ];
    expect(new Set([first, ...others].map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(4);
  });

  it("keeps the accents of the name, and says what the study says", async () => {
    const { header } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    expect(header["00100010"].Value).toEqual([{ Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise Gaëlle" }]);
    expect(header["0020000D"].Value).toEqual([phantom.context.study.instanceUid]);
    expect(header["00080023"].Value).toEqual(["20260101"]);
    expect(header["0040A491"].Value).toEqual(["COMPLETE"]);
    expect(header["0040A493"].Value).toEqual(["UNVERIFIED"]);
  });

  it("dates an undated study by the dummy of PS3.15 E.1.1, so that its report too is one", async () => {
    const context = { patient: {}, study: { instanceUid: phantom.context.study.instanceUid } };
    const input = reportInputOf(phantom, { context });
    const { header } = await readMeasurementReport(structuredReport(input).bytes);
    expect(header["00080023"].Value).toEqual(["19000101"]);
    expect(header["00080020"].Value).toBeUndefined();
    expect(structuredReport({ ...input, createdAt: "2027-01-01T00:00:00Z" })).toEqual(structuredReport(input));
  });

  it("says the digests it can be followed back by", async () => {
    const verdicts = {
      schema: "etalon.verdicts/1",
      packs: [],
      facts: [],
      verdicts: [],
      digest: "c".repeat(64),
    } as const;
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom, { verdicts })).bytes);
    expect(itemsNamed(root, "result-digest")[0].text).toBe(phantom.result.digest);
    expect(itemsNamed(root, "verdicts-digest")[0].text).toBe("c".repeat(64));
  });

  it("refers each lesion to its segment, under the same tracking UID", async () => {
    const input = reportInputOf(phantom);
    const segmentation = lesionSegmentation(input, phantom.mask);
    const { header, root } = await readMeasurementReport(structuredReport(input, { segmentation }).bytes);
    const groups = itemsNamed(root, "125007").filter(({ template }) => template === "1411");
    expect(groups.map((group) => itemsNamed(group, "121191")[0].image)).toEqual(
      phantom.mask.items.map((_, index) => ({
        sopClassUid: "1.2.840.10008.5.1.4.1.1.66.4",
        sopInstanceUid: segmentation?.sopInstanceUid,
        segment: index + 1,
      })),
    );
    expect(itemsNamed(groups[0], "121232")[0].uid).toBe(phantom.sources[0].seriesInstanceUid);
    // Everything referred to is evidence of the study: the images, then the segmentation (PS3.3 C.17.2.1).
    const [study] = itemsOf(header, "0040A375");
    const evidence = itemsOf(study, "00081115").flatMap((series) => itemsOf(series, "00081199"));
    expect(evidence.map((item) => textOf(item, "00081155"))).toEqual(
      expect.arrayContaining([...phantom.sources, segmentation].map((referred) => referred?.sopInstanceUid)),
    );
    expect(evidence).toHaveLength(phantom.sources.length + 1);
  });

  it("has a value in every text, whatever the reader's marks call a site", async () => {
    const outputs = phantom.result.outputs.map((output) =>
      output.site === "LAD" ? { ...output, site: "  " } : output,
    );
    const input = reportInputOf(phantom, { result: { ...phantom.result, outputs } });
    const { root } = await readMeasurementReport(structuredReport(input).bytes);
    const sites = itemsNamed(root, "site").map(({ text }) => text);
    expect(sites).toContain("–");
    expect(sites.filter((text) => text?.trim() === "")).toEqual([]);
  });

  it("refers to no image when it was given none", async () => {
    const { sources: _, ...input } = reportInputOf(phantom);
    const { header, root } = await readMeasurementReport(structuredReport(input).bytes);
    expect(header["0040A375"]).toBeUndefined();
    expect(itemsNamed(root, "111028")).toEqual([]);
  });
});

describe("the structured report of a provisional result", () => {
  it("is partial, preliminary, and says why in the report's language", async () => {
    const phantom = await measurePhantom({ marks: null });
    const { header, root } = await readMeasurementReport(structuredReport(reportInputOf(phantom)).bytes);
    expect(header["0040A491"].Value).toEqual(["PARTIAL"]);
    expect(header["0040A496"].Value).toEqual(["PRELIMINARY"]);
    expect(itemsNamed(root, "provisional")[0].text).toBe("Provisoire : les marques d'un lecteur manquent encore");
    expect(itemsNamed(root, "quality").map(({ text }) => text)).toContain(
      "aucun lecteur n'a désigné les lésions : toutes celles proposées sont comptées",
    );
  });
});

describe("the structured report of another protocol", () => {
  it("needs no images, no table of sites and no table of the protocol's own", async () => {
    const phantom = await measurePhantom({ thicknessMm: 3 });
    const protocol = catalog.find(({ id }) => id === "vascular/doppler-resistive-index");
    if (protocol === undefined) throw new Error("the catalogue lacks the resistive index");
    const code = { value: "12023-8", scheme: "LN", meaning: "Resistivity Index" } as const;
    const result = {
      ...phantom.result,
      protocol: { id: protocol.id, version: protocol.version },
      outputs: [{ id: "resistive-index", value: 0.1 + 0.2, unit: "1", site: "artère n° 3", code }],
    };
    const { root } = await readMeasurementReport(structuredReport(reportInputOf(phantom, { protocol, result })).bytes);
    expect(itemsNamed(root, "125007").flatMap(outputsOf)).toEqual([
      { code, value: 0.1 + 0.2, unit: "1", site: "artère n° 3", item: undefined },
    ]);
    expect(itemsNamed(root, "121058")[0].code).toMatchObject({ value: protocol.id, scheme: "99ETALON" });
  });
});
