import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Hex } from "@etalon/base";
import { debianPython, describeWithPeer, describeWithSharedData, hasProgram, hasPythonModule } from "@etalon/testing";
import { api } from "dicomweb-client";
import { decode } from "fast-png";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { StoreOutcome } from "../archive/archive.ts";
import { openTestArchive, type TestArchive } from "../archive/testing/open-test-archive.ts";
import { FetchXhr } from "./testing/fetch-xhr.ts";
import { multipartBody, multipartType } from "./testing/multipart-body.ts";
import { readMultipart } from "./testing/read-multipart.ts";
import { type ServedDicomweb, serveDicomweb } from "./testing/served-dicomweb.ts";
import { storeFile } from "./testing/store-file.ts";

let opened: TestArchive;
let served: ServedDicomweb;
let scratch = "";
/** What became of each object, in the order they were stored in. */
const outcomes: StoreOutcome[] = [];
/** Objects that the archive was given; their outcomes come in any order. */
let begun = 0;

beforeAll(async () => {
  opened = await openTestArchive();
  const { archive } = opened;
  const noticing = {
    ...archive,
    store: async (...[scope, incoming]: Parameters<typeof archive.store>) => {
      const storing = archive.store(scope, incoming);
      const index = begun++;
      outcomes[index] = await storing;
      return storing;
    },
  };
  served = await serveDicomweb({ archive: noticing, scopeOf: () => opened.scope });
  scratch = await mkdtemp(join(tmpdir(), "etalon-dicomweb-"));
});
// Some of these files share a UID: each test stores its own, and what it stored last is what its UID names.
beforeEach(() => opened.empty());
afterAll(async () => {
  await served.app.close();
  await opened.close();
  await rm(scratch, { recursive: true });
});

const get = (path: string, accept: string): Promise<Response> => fetch(`${served.url}${path}`, { headers: { accept } });

/** Runs Python; what it prints. */
function python(code: string, args: readonly string[]): string {
  const run = spawnSync(debianPython, ["-W", "ignore", "-c", code, ...args], { encoding: "utf8" });
  expect(run.stderr).toBe("");
  return run.stdout.trim();
}

describeWithSharedData("on real files", "7-conformance", (folder) => {
  it("gives back every file that STOW took, byte for byte: by version, and by UID what is current", async () => {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile())
      .sort();
    const files = await Promise.all(paths.map((path) => readFile(path)));
    outcomes.splice(0);
    begun = 0;
    const answer = await fetch(`${served.url}/studies`, {
      method: "POST",
      headers: { "content-type": multipartType },
      body: new Uint8Array(multipartBody(files.map((bytes) => ({ bytes })))),
    });
    expect(answer.status).toBe(202);
    expect(outcomes).toHaveLength(files.length);
    let returned = 0;
    let withVersions = 0;
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind === "refused") continue;
      const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, dataSetSha256 } = outcome;
      const path = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
      const bytes = files[index];
      const version = await get(`${path}?etalon-version=${dataSetSha256}`, "application/dicom; transfer-syntax=*");
      const given = sha256Hex(new Uint8Array(await version.arrayBuffer()));
      // The same data set may have come in another file before, with another group 0002: the first is kept.
      const isFirst =
        outcomes.findIndex((one) => "dataSetSha256" in one && one.dataSetSha256 === dataSetSha256) === index;
      if (isFirst) expect([paths[index], given]).toEqual([paths[index], sha256Hex(new Uint8Array(bytes ?? []))]);
      const uids = outcomes.filter((one) => one.sopInstanceUid === sopInstanceUid);
      if (uids.length === 1) {
        const [part] = await readMultipart(
          await get(path, 'multipart/related; type="application/dicom"; transfer-syntax=*'),
        );
        expect(part?.bytes.equals(bytes ?? Buffer.alloc(0))).toBe(true);
        returned++;
      }
      const among = outcomes.filter((one) => "seriesInstanceUid" in one && one.seriesInstanceUid === seriesInstanceUid);
      const hashes = new Set(
        among.flatMap((one) =>
          "dataSetSha256" in one && one.sopInstanceUid === sopInstanceUid ? [one.dataSetSha256] : [],
        ),
      );
      const listed = JSON.parse(await (await get(`${path}/versions`, "application/json")).text());
      expect(new Set(listed.map((one: Record<string, unknown>) => one["dataSetSha256"]))).toEqual(
        hashes.size > 1 ? hashes : new Set(),
      );
      withVersions += hashes.size > 1 ? 1 : 0;
    }
    expect(withVersions).toBeGreaterThan(20);
    expect(returned).toBeGreaterThan(200);
    const refusals = outcomes.flatMap((one) => (one.kind === "refused" ? [one.errorCode] : []));
    expect(new Set(refusals)).toEqual(
      new Set([
        "not-dicom",
        "missing-attribute",
        "uid-malformed",
        "dicom-truncated",
        "media-directory",
        "dicom-malformed",
      ]),
    );
  });

  const pydicom = { name: "pydicom", isPresent: hasPythonModule("pydicom") && hasPythonModule("PIL") };
  describeWithPeer("pydicom", pydicom, () => {
    const files = [
      "pydicom-testfiles/MR_small.dcm",
      "pydicom-testfiles/MR_small_bigendian.dcm",
      "pydicom-testfiles/rtdose_rle.dcm",
      "pydicom-testfiles/SC_rgb_rle_16bit_2frame.dcm",
      "pydicom-testfiles/JPEG2000.dcm",
      "pydicom-testfiles/image_dfl.dcm",
      "pydicom-testfiles/liver_expb_1frame.dcm",
      "nema-wg04/J2KI/CT1_J2KI",
    ] as const;

    it.each(files)("%s: frames hold the bytes of its pixel_array", async (name) => {
      const path = await storeFile(served.url, await readFile(join(folder, name)));
      const count = python(
        "import sys, pydicom\nd = pydicom.dcmread(sys.argv[1])\np = d.pixel_array\nopen(sys.argv[2], 'wb').write(p.astype(p.dtype.newbyteorder('<')).tobytes())\nprint(d.get('NumberOfFrames', 1) or 1, d.BitsAllocated)",
        [join(folder, name), join(scratch, "pixels")],
      ).split(" ");
      const numbers = Array.from({ length: Number(count[0]) }, (_, index) => index + 1);
      const parts = await readMultipart(await get(`${path}/frames/${numbers.join(",")}`, "*/*"));
      const expected = await readFile(join(scratch, "pixels"));
      const bits = Buffer.concat(parts.map(({ bytes }) => bytes));
      // pydicom spreads bits over bytes.
      const given =
        count[1] === "1"
          ? Buffer.from([...bits].flatMap((byte) => [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => (byte >> bit) & 1)))
          : bits;
      expect(given.equals(expected)).toBe(true);
    });

    it("reads what is given in Explicit VR Little Endian, and the metadata as its own JSON model", async () => {
      for (const [index, name] of files.entries()) {
        const path = await storeFile(served.url, await readFile(join(folder, name)));
        const [part] = await readMultipart(
          await get(path, 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.1'),
        );
        await writeFile(join(scratch, `${index}.dcm`), part?.bytes ?? "");
        await writeFile(
          join(scratch, `${index}.json`),
          await (await get(`${path}/metadata`, "application/dicom+json")).text(),
        );
      }
      const code = `
import sys, json, pydicom
for i, name in enumerate(sys.argv[2:]):
    own, given = pydicom.dcmread(name), pydicom.dcmread(f"{sys.argv[1]}/{i}.dcm")
    assert given.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1", name
    assert (own.pixel_array == given.pixel_array).all(), name
    model = pydicom.Dataset.from_json(json.load(open(f"{sys.argv[1]}/{i}.json"))[0], lambda tag, vr, uri: b"")
    for element in own:
        if element.VR in ("OB", "OW", "UN", "SQ") or element.tag.element == 0 or element.tag == 0x00080005: continue
        assert str(model[element.tag].value) == str(element.value) or model[element.tag].value == element.value, (name, element, model[element.tag])
print(len(sys.argv) - 2)
`;
      expect(python(code, [scratch, ...files.map((name) => join(folder, name))])).toBe(String(files.length));
    });
  });

  const dcmj2pnm = { name: "dcmj2pnm", isPresent: hasProgram("dcmj2pnm") };
  describeWithPeer("DCMTK", dcmj2pnm, () => {
    it.each([
      ["pydicom-testfiles/MR_small.dcm", "600,1600", ["+Ww", "600", "1600"]],
      ["pydicom-testfiles/CT_small.dcm", "40,400", ["+Ww", "40", "400"]],
      ["pydicom-testfiles/CT_small.dcm", "40,400,sigmoid", ["+Ww", "40", "400", "+Wfs"]],
    ])("draws %s in window %s within one level", async (name, window, options) => {
      const path = await storeFile(served.url, await readFile(join(folder, name)));
      const { width, height, data } = decode(
        new Uint8Array(await (await get(`${path}/rendered?window=${window}`, "image/png")).arrayBuffer()),
      );
      const file = join(scratch, "drawn.pgm");
      expect(spawnSync("dcmj2pnm", [...options, "+op", join(folder, name), file]).status).toBe(0);
      const pgm = await readFile(file);
      const samples = pgm.subarray(pgm.length - width * height);
      const worst = samples.reduce((most, level, at) => Math.max(most, Math.abs(level - (data[at] ?? 0))), 0);
      expect(worst).toBeLessThanOrEqual(1);
    });
  });
});

describeWithSharedData("dicomweb-client", "7-conformance/pydicom-testfiles", (folder) => {
  const names = ["CT_small.dcm", "SC_rgb_rle_16bit_2frame.dcm"] as const;
  beforeAll(() => {
    Reflect.set(globalThis, "XMLHttpRequest", FetchXhr);
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, "XMLHttpRequest");
  });

  /** A method of the client; its published types ask for less and for more than its code does. */
  const call = async (method: string, options: object): Promise<unknown> => {
    const client = new api.DICOMwebClient({ url: served.url, singlepart: false });
    const called: unknown = Reflect.get(client, method);
    if (typeof called !== "function") throw new Error(`dicomweb-client has no ${method}`);
    return Reflect.apply(called, client, [options]);
  };
  const buffers = (value: unknown): readonly Buffer[] =>
    [value].flat().map((one) => {
      if (!(one instanceof ArrayBuffer)) throw new Error("no ArrayBuffer");
      return Buffer.from(one);
    });

  it.each(names)("stores %s, finds it, and retrieves it in every way it knows", async (name) => {
    const bytes = await readFile(join(folder, name));
    await call("storeInstances", { datasets: [new Uint8Array(bytes).buffer] });
    const [, , study, , series, , instance] = (await storeFile(served.url, bytes)).split("/");
    const uids = { studyInstanceUID: study, seriesInstanceUID: series, sopInstanceUID: instance };

    expect(await call("searchForStudies", { queryParams: { StudyInstanceUID: study } })).toHaveLength(1);
    // The client asks for no transfer syntax: explicit little endian, which CT_small.dcm is stored in.
    const [whole] = buffers(await call("retrieveInstance", uids));
    expect(whole?.equals(bytes)).toBe(name === "CT_small.dcm");
    expect(whole?.subarray(128, 132).toString()).toBe("DICM");
    expect(buffers(await call("retrieveSeries", uids))).toHaveLength(1);

    const answer = await call("retrieveInstanceMetadata", uids);
    const metadata: Readonly<Record<string, { readonly Value: readonly number[]; readonly BulkDataURI: string }>> =
      Array.isArray(answer) ? answer[0] : answer;
    const size = (tag: string): number => metadata[tag]?.Value[0] ?? Number.NaN;
    const frameLength = (size("00280010") * size("00280011") * size("00280002") * size("00280100")) / 8;
    const [frame] = buffers(await call("retrieveInstanceFrames", { ...uids, frameNumbers: [1] }));
    expect(frame).toHaveLength(frameLength);
    const [bulk] = buffers(await call("retrieveBulkData", { BulkDataURI: metadata["7FE00010"]?.BulkDataURI }));
    expect(bulk).toEqual(frame);
    const [picture] = buffers(
      await call("retrieveInstanceRendered", { ...uids, mediaTypes: [{ mediaType: "image/png" }] }),
    );
    expect(decode(picture ?? Buffer.alloc(0)).width).toBe(size("00280011"));
  });

  it("takes the compressed frames it asks for under their old names", async () => {
    const [, , study, , series, , instance] = (
      await storeFile(served.url, await readFile(join(folder, "SC_rgb_rle_16bit_2frame.dcm")))
    ).split("/");
    const frames = await call("retrieveInstanceFrames", {
      studyInstanceUID: study,
      seriesInstanceUID: series,
      sopInstanceUID: instance,
      frameNumbers: [1, 2],
      mediaTypes: [{ mediaType: "image/x-dicom-rle", transferSyntaxUID: "1.2.840.10008.1.2.5" }],
    });
    expect(buffers(frames)).toHaveLength(2);
  });
});
