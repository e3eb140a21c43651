import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EtalonError } from "@etalon/base";
import {
  bytesSource,
  createCodecSet,
  type DataSet,
  dataSetOf,
  readPart10,
  textOf,
  transcodeNative,
} from "@etalon/dicom";
import {
  DimseError,
  findSopClasses,
  getSopClasses,
  openAssociation,
  verificationSopClass,
} from "@etalon/dicom/network";
import { describeWithPeer, describeWithSharedData, hasProgram } from "@etalon/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StoreOutcome } from "../archive/archive.ts";
import { fillStudies } from "../archive/testing/fill-studies.ts";
import type { TlsFiles } from "../config.ts";
import { dataSetBytes } from "./testing/running-archive.ts";
import { type ServedDimse, startServedDimse } from "./testing/served-dimse.ts";

const explicit = "1.2.840.10008.1.2.1";
const implicit = "1.2.840.10008.1.2";

let served: ServedDimse;
beforeAll(async () => {
  served = await startServedDimse();
});
afterAll(() => served.close());

type Kept = Exclude<StoreOutcome, { readonly kind: "refused" }>;

/** A file as C-STORE sends it. */
interface Sendable {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Uint8Array;
}

async function sendable(path: string): Promise<Sendable | undefined> {
  const file = new Uint8Array(readFileSync(path));
  try {
    const options = { until: "pixel-data" } as const;
    const { dataSet, dataSetOffset, transferSyntaxUid } = await readPart10(bytesSource(path, file), options);
    const sopClassUid = textOf(dataSet, "00080016");
    const sopInstanceUid = textOf(dataSet, "00080018");
    if (sopClassUid === undefined || sopInstanceUid === undefined) return undefined;
    return { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet: file.subarray(dataSetOffset) };
  } catch {
    return undefined;
  }
}

/** The status that the server answers to C-STORE; nothing where it takes no such objects. */
async function send({ dataSet, ...object }: Sendable): Promise<number | undefined> {
  const { sopClassUid, transferSyntaxUid } = object;
  const contexts = [{ abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid] }];
  const association = await openAssociation({ ...served.destination, contexts });
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield dataSet;
  };
  try {
    return (await association.store({ ...object, open })).status;
  } catch (thrown) {
    if (thrown instanceof DimseError) return thrown.status;
    if (thrown instanceof EtalonError && thrown.code === "context-not-accepted") return undefined;
    throw thrown;
  } finally {
    await association.release();
  }
}

/** What C-GET brings of one instance, in the transfer syntax that is asked for. */
async function retrieve(
  identifier: DataSet,
  sopClassUid: string,
  transferSyntaxUid: string,
): Promise<readonly Buffer[]> {
  const sopClass = getSopClasses["study-root"];
  const association = await openAssociation({
    ...served.destination,
    contexts: [
      { abstractSyntax: sopClass, transferSyntaxes: [explicit] },
      { abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid], role: { isScu: true, isScp: true } },
    ],
  });
  const got: Buffer[] = [];
  const result = await association.get({
    sopClassUid: sopClass,
    identifier,
    store: async ({ bytes }) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of bytes) pieces.push(new Uint8Array(piece));
      got.push(Buffer.concat(pieces));
      return { status: 0 };
    },
  });
  await association.release();
  expect(result.status).toBe(0);
  return got;
}

function imageIdentifier(of: { studyInstanceUid: string; seriesInstanceUid: string; sopInstanceUid: string }): DataSet {
  return dataSetOf({
    QueryRetrieveLevel: "IMAGE",
    StudyInstanceUID: of.studyInstanceUid,
    SeriesInstanceUID: of.seriesInstanceUid,
    SOPInstanceUID: of.sopInstanceUid,
  });
}

describeWithSharedData("real files", "7-conformance", (folder) => {
  beforeEach(() => served.opened.empty());

  it("takes by C-STORE what it takes by STOW, as the same instance, and gives it back byte for byte by C-GET", async () => {
    const { archive, scope } = served.opened;
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
    const kept: { readonly path: string; readonly object: Sendable; readonly outcome: Kept }[] = [];
    for (const path of paths.filter((each) => statSync(each).isFile()).sort()) {
      const object = await sendable(path);
      if (object === undefined) continue;
      const status = await send(object);
      const bytes = (async function* () {
        yield new Uint8Array(readFileSync(path));
      })();
      const outcome = await archive.store(scope, { form: "part10", bytes });
      if (outcome.kind === "refused") {
        expect([path, status === undefined || status >= 0xa000 || status === 0x0122]).toEqual([path, true]);
        continue;
      }
      if (status === undefined) continue;
      expect([path, status, outcome.kind]).toEqual([path, 0, "identical"]);
      kept.push({ path, object, outcome });
    }
    // C-GET gives the current version: where a UID came once, the one that was sent.
    const unique = kept.filter(
      ({ outcome }) => kept.filter((one) => one.outcome.sopInstanceUid === outcome.sopInstanceUid).length === 1,
    );
    for (const { path, object, outcome } of unique) {
      const got = await retrieve(imageIdentifier(outcome), object.sopClassUid, object.transferSyntaxUid);
      expect([path, got.length, got[0]?.equals(object.dataSet)]).toEqual([path, 1, true]);
    }
    expect(unique.length).toBeGreaterThan(150);
  });

  it.each(["JPEG2000.dcm", "MR_small_RLE.dcm", "image_dfl.dcm", "MR_small_bigendian.dcm"])(
    "writes %s anew for a peer that takes no other syntax than the two native ones",
    async (name) => {
      const path = join(folder, "pydicom-testfiles", name);
      const object = await sendable(path);
      if (object === undefined) throw new Error(path);
      expect(await send(object)).toBe(0);
      const { archive, scope } = served.opened;
      const bytes = (async function* () {
        yield new Uint8Array(readFileSync(path));
      })();
      const outcome = await archive.store(scope, { form: "part10", bytes });
      if (outcome.kind === "refused") throw new Error(outcome.errorCode);
      for (const transferSyntaxUid of [explicit, implicit] as const) {
        const pieces: Uint8Array[] = [];
        const source = bytesSource(name, new Uint8Array(readFileSync(path)));
        for await (const piece of transcodeNative(source, createCodecSet(), { transferSyntaxUid })) pieces.push(piece);
        const expected = await dataSetBytes(new Uint8Array(Buffer.concat(pieces)));
        const [got] = await retrieve(imageIdentifier(outcome), object.sopClassUid, transferSyntaxUid);
        expect(got?.equals(expected)).toBe(true);
      }
    },
  );
});

describe("many studies", () => {
  /** Five a patient, as `fillStudies` makes them. */
  const count = 12_000;
  beforeAll(async () => {
    await served.opened.empty();
    await fillStudies(served.opened.database.kysely, served.opened.scope.siteId, count);
  });

  /** Values of the unique key of a level, of as many matches as are wanted. */
  async function found(level: "PATIENT" | "STUDY", most = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
    const isPatient = level === "PATIENT";
    const sopClassUid = findSopClasses[isPatient ? "patient-root" : "study-root"];
    const key = isPatient ? "00100020" : "0020000D";
    const contexts = [{ abstractSyntax: sopClassUid, transferSyntaxes: [explicit] }];
    const association = await openAssociation({ ...served.destination, contexts });
    const values: string[] = [];
    const identifier: DataSet = {
      "00080052": { vr: "CS", Value: [level] },
      [key]: { vr: isPatient ? "LO" : "UI" },
    };
    for await (const match of association.find({ sopClassUid, identifier })) {
      values.push(textOf(match, key) ?? "");
      if (values.length >= most) break;
    }
    await association.release();
    return values;
  }

  it("answers with each of them once", async () => {
    const studies = await found("STUDY");
    expect(studies).toHaveLength(count);
    expect(new Set(studies).size).toBe(count);
  });

  it("answers with each patient once", async () => {
    const patients = await found("PATIENT");
    expect(patients).toHaveLength(count / 5);
    expect(new Set(patients).size).toBe(count / 5);
  });

  it("stops where the peer has enough", async () => {
    expect(await found("STUDY", 3)).toHaveLength(3);
  });
});

it("says which port it cannot have", async () => {
  const { port } = served.destination;
  await expect(startServedDimse({ port })).rejects.toMatchObject({ code: "port-in-use", field: "ETALON_DIMSE_PORT" });
});

it("refuses more associations than it may have, and lets the next one in when one has ended", async () => {
  const one = await startServedDimse({ maxAssociations: 1 });
  try {
    const contexts = [{ abstractSyntax: verificationSopClass, transferSyntaxes: [explicit] }];
    const first = await openAssociation({ ...one.destination, contexts });
    await expect(openAssociation({ ...one.destination, contexts })).rejects.toMatchObject({
      code: "association-rejected",
    });
    await first.release();
    await expect.poll(() => one.server.connectionCount()).toBe(0);
    await (await openAssociation({ ...one.destination, contexts })).release();
  } finally {
    await one.close();
  }
});

describeWithPeer("TLS", { name: "openssl", isPresent: hasProgram("openssl", ["version"]) }, () => {
  it("is spoken alone, with callers whose certificate the authority signed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "etalon-dimse-tls-"));
    const pair = (name: string): Required<TlsFiles> => {
      const [keyFile, certificateFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)] as const;
      const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
      const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
      execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", keyFile, "-out", certificateFile], {
        stdio: "ignore",
      });
      return { keyFile, certificateFile, caFile: certificateFile };
    };
    const ours = pair("ours");
    const stranger = pair("stranger");
    const encrypted = await startServedDimse({ tls: ours });
    const echo = async (tls?: Required<TlsFiles>): Promise<void> => {
      const read = (path: string): Buffer => readFileSync(path);
      const association = await openAssociation({
        ...encrypted.destination,
        contexts: [{ abstractSyntax: verificationSopClass, transferSyntaxes: [explicit] }],
        connectTimeoutMs: 2000,
        ...(tls === undefined
          ? {}
          : { tls: { ca: read(ours.certificateFile), key: read(tls.keyFile), cert: read(tls.certificateFile) } }),
      });
      await association.echo();
      await association.release();
    };
    try {
      await echo(ours);
      await expect(echo(stranger)).rejects.toMatchObject({ code: "association-ended" });
      await expect(echo()).rejects.toMatchObject({ code: "association-ended" });
    } finally {
      await encrypted.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
