import { byteChunks } from "../../byte-chunks.ts";
import type { DataSet } from "../../data-set.ts";
import { dataSetOf } from "../../data-set-of.ts";
import type { DimseEvent } from "../accept-association.ts";
import { type AssociationOptions, openAssociation } from "../open-association.ts";
import type { RequestorAssociation } from "../requestor-association.ts";
import type { DimseHandlers, OutgoingInstance } from "../services/handlers.ts";
import { type DimseServer, type DimseServerOptions, startDimseServer } from "../start-dimse-server.ts";

/** UIDs that the tests speak of. */
export const uids = {
  ct: "1.2.840.10008.5.1.4.1.1.2",
  mr: "1.2.840.10008.5.1.4.1.1.4",
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
  jpegLs: "1.2.840.10008.1.2.4.80",
} as const;

/** A query for all studies. */
export const studyQuery: DataSet = dataSetOf({ QueryRetrieveLevel: "STUDY", PatientName: "", StudyInstanceUID: "" });

/** Acceptors and requestors of one test, on the loopback address. */
export interface Loopback {
  readonly events: readonly DimseEvent[];
  serve(handlers: DimseHandlers, options?: Partial<DimseServerOptions>): Promise<DimseServer>;
  open(
    server: DimseServer,
    contexts: AssociationOptions["contexts"],
    options?: Partial<AssociationOptions>,
  ): Promise<RequestorAssociation>;
  close(): Promise<void>;
}

/** Starts with nothing; `close` ends all that was started. */
export function loopback(): Loopback {
  const events: DimseEvent[] = [];
  const servers: DimseServer[] = [];
  const associations: RequestorAssociation[] = [];
  return {
    events,
    serve: async (handlers, options = {}) => {
      const server = await startDimseServer({ port: 0, handlers, onEvent: (event) => events.push(event), ...options });
      servers.push(server);
      return server;
    },
    open: async (server, contexts, options = {}) => {
      const association = await openAssociation({
        host: "127.0.0.1",
        port: server.port,
        callingAeTitle: "CT1",
        calledAeTitle: "ARCHIVE",
        contexts,
        ...options,
      });
      associations.push(association);
      return association;
    },
    close: async () => {
      for (const association of associations) association.abort();
      await Promise.all(servers.map((server) => server.close(0)));
    },
  };
}

/** A wanted context, uncompressed where no transfer syntax is named. */
export function contextOf(
  abstractSyntax: string,
  ...syntaxes: readonly string[]
): AssociationOptions["contexts"][number] {
  return { abstractSyntax, transferSyntaxes: syntaxes.length === 0 ? [uids.explicit, uids.implicit] : syntaxes };
}

/** The same for the objects of a C-GET. */
export function contextForGet(uid: string, ...syntaxes: readonly string[]): AssociationOptions["contexts"][number] {
  return { ...contextOf(uid, ...syntaxes), role: { isScu: false, isScp: true } };
}

/** All bytes of a stream. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all = byteChunks();
  for await (const chunk of chunks) all.append(chunk);
  return all.join();
}

/** A CT image of forty bytes, which are text. */
export function instanceOf(uid: string, more: Partial<OutgoingInstance> = {}): OutgoingInstance {
  const bytes = new TextEncoder().encode(`data set of ${uid}`.padEnd(40));
  return {
    sopClassUid: uids.ct,
    sopInstanceUid: uid,
    transferSyntaxUid: uids.explicit,
    open: async function* () {
      yield bytes;
    },
    ...more,
  };
}
