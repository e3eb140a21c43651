import { textOf } from "../../attribute-values.ts";
import type { DataSet } from "../../data-set.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import type { ServedRequest } from "../dimse/dimse-session.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import { readIdentifier } from "../dimse/identifier.ts";
import type { InformationModel } from "../sop-classes.ts";
import { requestOf } from "./answer.ts";
import type { QueryRetrieveLevel, QueryRetrieveRequest, WorklistRequest } from "./handlers.ts";

const queryRetrieveLevel = "00080052";

const levels: ReadonlyMap<string, QueryRetrieveLevel> = new Map([
  ["PATIENT", "patient"],
  ["STUDY", "study"],
  ["SERIES", "series"],
  ["IMAGE", "image"],
]);

/**
 * Reads a request on an information model.
 *
 * @throws DimseError A900H where the level is none of the model, C000H where the identifier cannot be read
 */
export async function readQuery(request: ServedRequest, model: InformationModel): Promise<QueryRetrieveRequest> {
  const worklist = await readWorklistQuery(request);
  const level = levels.get(textOf(worklist.identifier, queryRetrieveLevel) ?? "");
  if (level === undefined || (model === "study-root" && level === "patient")) {
    throw new DimseError(dimseStatus.doesNotMatchSopClass, "QueryRetrieveLevel is none of the model", [
      queryRetrieveLevel,
    ]);
  }
  return { ...worklist, model, level };
}

/**
 * Reads a request without levels.
 *
 * @throws DimseError C000H where the identifier cannot be read
 */
export async function readWorklistQuery(request: ServedRequest): Promise<WorklistRequest> {
  const { context, message, session } = request;
  const identifier = await readOrRefuse(request);
  message.data?.abandon();
  const extended = session.agreement.extended.get(context.abstractSyntax);
  return { ...requestOf(request), identifier, ...(extended === undefined ? {} : { extended }) };
}

async function readOrRefuse({ context, message, signal }: ServedRequest): Promise<DataSet> {
  if (message.data === undefined) throw new DimseError(dimseStatus.cannotUnderstand, "no identifier");
  try {
    return await readIdentifier(message.data, context.transferSyntax);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new DimseError(dimseStatus.cannotUnderstand, "the identifier cannot be read");
  }
}
