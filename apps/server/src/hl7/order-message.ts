import { Hl7Message, type Hl7Segment } from "@medplum/core";
import { fieldText } from "./field-text.ts";
import { Hl7Error } from "./hl7-error.ts";

/** One order of a message: its segments. */
export interface Order {
  readonly patient: Hl7Segment;
  readonly visit: Hl7Segment | undefined;
  readonly allergies: readonly Hl7Segment[];
  readonly common: Hl7Segment;
  readonly timing: Hl7Segment | undefined;
  readonly request: Hl7Segment | undefined;
  readonly notes: readonly Hl7Segment[];
  /** Scheduled procedure steps of an imaging order; none in a general one. */
  readonly imaging: readonly Hl7Segment[];
  /** ZDS of IHE: the Study Instance UID. */
  readonly study: Hl7Segment | undefined;
}

/** Messages that carry orders: type and event (HL7 v2.5.1 section 4.4). */
const orderEvents: ReadonlyMap<string, string> = new Map([
  ["ORM", "O01"],
  ["OMI", "O23"],
  ["OMG", "O19"],
]);

/**
 * Reads a message's header and parses it.
 *
 * @throws Hl7Error AR (no message, not an order)
 */
export function parseMessage(text: string): Hl7Message {
  if (!/^MSH[^\w\s]{5}/.test(text)) {
    throw new Hl7Error("AR", 100, { location: "MSH", reason: "a message begins with MSH and its separators" });
  }
  return Hl7Message.parse(text);
}

/** @throws Hl7Error AR where the header is not that of an order */
export function checkHeader(message: Hl7Message): void {
  const { header } = message;
  const [type, event] = [fieldText(header, 9), fieldText(header, 9, { component: 2 })];
  const known = orderEvents.get(type);
  if (fieldText(header, 10) === "") throw new Hl7Error("AR", 101, { location: "MSH-10", reason: "control id needed" });
  if (known === undefined) {
    throw new Hl7Error("AR", 200, { location: "MSH-9", reason: `one of ${[...orderEvents.keys()].join(", ")}` });
  }
  if (event !== "" && event !== known) throw new Hl7Error("AR", 201, { location: "MSH-9", reason: known });
  if (!/^2(\.|$)/.test(fieldText(header, 12) || "2")) {
    throw new Hl7Error("AR", 203, { location: "MSH-12", reason: "version 2" });
  }
}

/** The orders of a message, in its order. @throws Hl7Error AE (PID or ORC missing, or not where they belong) */
export function readOrders(message: Hl7Message): readonly Order[] {
  const patient = message.getSegment("PID");
  if (patient === undefined) throw missing("PID");
  const groups: Hl7Segment[][] = [];
  for (const segment of message.segments) {
    if (segment.name === "ORC") groups.push([segment]);
    else groups.at(-1)?.push(segment);
  }
  if (groups.length === 0) throw missing("ORC");
  const shared = {
    patient,
    visit: message.getSegment("PV1"),
    allergies: message.getAllSegments("AL1"),
  };
  const lastStudy = message.getAllSegments("ZDS").at(-1);
  return groups.flatMap((segments): readonly Order[] => {
    const [common] = segments;
    if (common === undefined) return [];
    const all = (name: string): readonly Hl7Segment[] => segments.filter((segment) => segment.name === name);
    return [
      {
        ...shared,
        common,
        timing: all("TQ1")[0],
        request: all("OBR")[0],
        notes: all("NTE"),
        imaging: all("IPC"),
        // One ZDS closes a message of several steps (IHE RAD TF-2 4.4.4.1.2.2).
        study: all("ZDS")[0] ?? lastStudy,
      },
    ];
  });
}

function missing(segment: string): Hl7Error {
  return new Hl7Error("AE", 100, { location: segment, reason: "this segment is needed" });
}
