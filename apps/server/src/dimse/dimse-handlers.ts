import {
  DimseError,
  type DimseHandlers,
  dimseStatus,
  type OutgoingInstance,
  type QueryRetrieveRequest,
} from "@etalon/dicom/network";
import type { DimseContext } from "./dimse-context.ts";
import { findMatches } from "./find-matches.ts";
import { outgoingInstance } from "./outgoing-instance.ts";
import { retrievedInstances } from "./retrieved-instances.ts";
import { storeObject } from "./store-object.ts";

/** The services of the archive: storage, query and retrieve. Others are put beside them: `{ ...handlers, worklist }`. */
export function createDimseHandlers(context: DimseContext): DimseHandlers {
  const { config } = context;
  const outgoing = async (request: QueryRetrieveRequest): Promise<readonly OutgoingInstance[]> => {
    const instances = await retrievedInstances(context, request);
    return instances.map((instance) => outgoingInstance(context, instance, request.peer));
  };
  return {
    store: (request) => storeObject(context, request),
    find: (request) => findMatches(context, request),
    get: outgoing,
    move: async (request) => {
      const { moveDestination } = request;
      const node = context.destinationOf(moveDestination);
      if (node === undefined)
        throw new DimseError(dimseStatus.moveDestinationUnknown, "not one of the AE titles in ETALON_DIMSE_NODES");
      const destination = { ...node, callingAeTitle: config.aeTitle, calledAeTitle: moveDestination };
      return { destination, instances: await outgoing(request) };
    },
  };
}
