import { spawn } from "node:child_process";
import { type ArchiveMeasure, secondsOf, timeInTurns } from "./archive-measure.ts";
import { type ArchivePeer, peerEnvironment } from "./archive-peer.ts";
import { send } from "./http-client.ts";
import { multipartBody, multipartType } from "./multipart.ts";
import type { SliceSet } from "./slices.ts";
import type { OrthancPeer } from "./start-orthanc.ts";

/** What all ways of storing share. */
export interface Storing {
  readonly etalon: ArchivePeer;
  readonly orthanc: OrthancPeer;
  readonly slices: SliceSet;
  readonly rounds: number;
}

/** STOW-RS of a series in one request, and Orthanc's own upload, one request an instance on one connection. */
export async function measureStow({ etalon, orthanc, slices, rounds }: Storing): Promise<ArchiveMeasure> {
  const timings = await timeInTurns(
    [
      { name: "Etalon, STOW-RS", run: () => store(etalon, slices, () => stow(etalon, slices)) },
      { name: "Orthanc, STOW-RS", run: () => store(orthanc, slices, () => stow(orthanc, slices)) },
      { name: "Orthanc, POST /instances", run: () => store(orthanc, slices, () => post(orthanc, slices)) },
    ],
    rounds,
  );
  return {
    title: `STOW-RS of ${slices.files.length} CT slices`,
    work: `One request with ${slices.files.length} parts, and for Orthanc also its own way, one request an instance on one connection. From the first byte sent to the answer read.`,
    aim: 1.5,
    timings,
    bytes: slices.bytes,
  };
}

/** C-STORE of a series on one association by DCMTK's storescu. */
export async function measureCStore({ etalon, orthanc, slices, rounds }: Storing): Promise<ArchiveMeasure> {
  const timings = await timeInTurns(
    [
      { name: "Etalon, C-STORE", run: () => store(etalon, slices, () => storescu(etalon, slices)) },
      { name: "Orthanc, C-STORE", run: () => store(orthanc, slices, () => storescu(orthanc, slices)) },
    ],
    rounds,
  );
  return {
    title: `C-STORE of ${slices.files.length} CT slices on one association`,
    work: "DCMTK's storescu, which waits for the answer of each instance before it sends the next; from its start to its end.",
    aim: 1.5,
    timings,
    bytes: slices.bytes,
  };
}

/** Empties the archive, then times what stores the series; all of it must be there. */
async function store(peer: ArchivePeer, slices: SliceSet, work: () => Promise<unknown>): Promise<number> {
  await peer.empty();
  const seconds = await secondsOf(work);
  const count = await peer.countInstances();
  if (count !== slices.files.length) throw new Error(`${peer.name} has ${count} of ${slices.files.length} instances`);
  return seconds;
}

/** Sends the series in one request. */
export async function stow({ dicomwebUrl }: ArchivePeer, { files }: SliceSet): Promise<void> {
  const body = multipartBody(files);
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  const headers = {
    "content-type": multipartType,
    "content-length": String(length),
    accept: "application/dicom+json",
  };
  await send(`${dicomwebUrl}/studies`, headers, body);
}

async function post({ restUrl }: OrthancPeer, { files }: SliceSet): Promise<void> {
  for (const file of files) {
    const headers = { "content-type": "application/dicom", "content-length": String(file.length) };
    await send(`${restUrl}/instances`, headers, [file]);
  }
}

function storescu({ dimse }: ArchivePeer, { folder }: SliceSet): Promise<void> {
  const args = ["-aec", dimse.aeTitle, "--scan-directories", "127.0.0.1", String(dimse.port), folder];
  const child = spawn("storescu", args, { env: { ...peerEnvironment }, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`storescu ended with ${code}`))));
  });
}
