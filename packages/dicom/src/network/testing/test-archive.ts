import { itemsOf, textOf } from "../../attribute-values.ts";
import { bytesSource } from "../../byte-source.ts";
import type { DataSet } from "../../data-set.ts";
import { readPart10 } from "../../read-part10.ts";
import { DimseError } from "../dimse/dimse-error.ts";
import { dimseStatus } from "../dimse/dimse-status.ts";
import type { DimseHandlers, OutgoingInstance, QueryRetrieveRequest } from "../services/handlers.ts";
import { bytesOf } from "./loopback.ts";

/** One object as it came. */
export interface KeptObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly bytes: Uint8Array;
  readonly dataSet: DataSet;
}

/** An archive in memory that matches by single values and wildcards: as much as the services need to be seen at work. */
export interface TestArchive {
  readonly objects: ReadonlyMap<string, KeptObject>;
  readonly handlers: DimseHandlers;
}

/** The unique key of each level (PS3.4 section C.6). */
const uniqueKeys = { patient: "00100020", study: "0020000D", series: "0020000E", image: "00080018" } as const;

/** Elements that say how to ask, not what for. */
const notKeys: ReadonlySet<string> = new Set(["00080005", "00080052"]);

/** An empty archive; `portOf` tells where an application entity listens. */
export function testArchive(portOf: (aeTitle: string) => number | undefined = () => undefined): TestArchive {
  const objects = new Map<string, KeptObject>();
  const matching = ({ identifier }: QueryRetrieveRequest): readonly KeptObject[] =>
    [...objects.values()].filter(({ dataSet }) => matches(dataSet, identifier));
  return {
    objects,
    handlers: {
      store: async ({ sopClassUid, sopInstanceUid, transferSyntaxUid, bytes: stream }) => {
        const bytes = await bytesOf(stream);
        const { dataSet } = await readPart10(bytesSource(sopInstanceUid, bytes), { until: "pixel-data" });
        objects.set(sopInstanceUid, { sopClassUid, sopInstanceUid, transferSyntaxUid, bytes, dataSet });
        return { status: dimseStatus.success };
      },
      find: async function* (request) {
        const seen = new Set<string | undefined>();
        for (const { dataSet } of matching(request)) {
          const unique = textOf(dataSet, uniqueKeys[request.level]);
          if (seen.has(unique)) continue;
          seen.add(unique);
          yield { identifier: answerOf(dataSet, request.identifier) };
        }
      },
      move: async (request) => {
        const port = portOf(request.moveDestination);
        if (port === undefined) throw new DimseError(dimseStatus.moveDestinationUnknown, "not in the table");
        const destination = {
          host: "127.0.0.1",
          port,
          callingAeTitle: "ARCHIVE",
          calledAeTitle: request.moveDestination,
        };
        return { destination, instances: matching(request).map(outgoing) };
      },
      get: async (request) => matching(request).map(outgoing),
    },
  };
}

/** An object on its way out, in chunks of an odd size. */
export function outgoing(kept: Omit<KeptObject, "dataSet">): OutgoingInstance {
  return {
    ...kept,
    open: async function* () {
      for (let at = 0; at < kept.bytes.length; at += 10_001) yield kept.bytes.subarray(at, at + 10_001);
    },
  };
}

function matches(dataSet: DataSet, identifier: DataSet): boolean {
  return Object.keys(identifier).every((tag) => {
    if (notKeys.has(tag) || itemsOf(identifier, tag).length > 0) return true;
    const key = valueText(identifier, tag);
    const pattern = key
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return key === "" || new RegExp(`^${pattern}$`, "u").test(valueText(dataSet, tag));
  });
}

function valueText(dataSet: DataSet, tag: string): string {
  const value = dataSet[tag]?.Value?.[0];
  if (typeof value === "object" && value !== null && "Alphabetic" in value) return String(value["Alphabetic"]);
  return textOf(dataSet, tag) ?? "";
}

/** The elements asked for, with the object's character set. */
function answerOf(dataSet: DataSet, identifier: DataSet): DataSet {
  const asked = Object.entries(identifier).map(([tag, element]) => [tag, dataSet[tag] ?? { vr: element.vr }]);
  const level = { "00080052": identifier["00080052"] };
  const characterSet = dataSet["00080005"];
  return {
    ...Object.fromEntries(asked),
    ...level,
    ...(characterSet === undefined ? {} : { "00080005": characterSet }),
  };
}
