import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import type { DicomwebOptions } from "../dicomweb-options.ts";
import { registerDicomweb } from "../register-dicomweb.ts";
import { createMemoryArchive, type MemoryArchive } from "./memory-archive.ts";

/** The services over an archive in memory, listening on the loopback address. */
export interface ServedDicomweb {
  readonly app: FastifyInstance;
  readonly archive: MemoryArchive;
  /** "http://127.0.0.1:40000/dicom-web". */
  readonly url: string;
  /** Lines of the log. */
  readonly log: readonly string[];
}

/** Starts the services; the caller closes `app`. */
export async function serveDicomweb(options: Partial<DicomwebOptions> = {}): Promise<ServedDicomweb> {
  const archive = createMemoryArchive();
  const log: string[] = [];
  const app = Fastify({ logger: { level: "info", stream: { write: (line: string) => log.push(line) } } });
  let url = "";
  await app.register(
    async (scope) =>
      registerDicomweb(scope, {
        archive,
        scopeOf: () => ({ siteId: 1, actor: "test", purpose: "dicomweb" }),
        baseUrl: () => url,
        ...options,
      }),
    { prefix: "/dicom-web" },
  );
  await app.listen({ host: "127.0.0.1", port: 0 });
  const address: AddressInfo | string | null = app.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}/dicom-web`;
  return { app, archive, url, log };
}
