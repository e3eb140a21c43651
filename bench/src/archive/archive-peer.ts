/** One of the two archives under test, running with a storage of its own. */
export interface ArchivePeer {
  readonly name: "Etalon" | "Orthanc";
  /** Without a slash at its end. */
  readonly dicomwebUrl: string;
  readonly dimse: { readonly port: number; readonly aeTitle: string };
  /** Process that takes requests. */
  readonly pid: number;
  /** Removes all studies through the archive's own interface. */
  readonly empty: () => Promise<void>;
  /** How many instances it says it has. */
  readonly countInstances: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Variables of every program of the comparison: without Nagle's delay, which DCMTK leaves on. */
export const peerEnvironment: Readonly<Record<string, string | undefined>> = {
  PATH: process.env["PATH"],
  TCP_NODELAY: "1",
};
