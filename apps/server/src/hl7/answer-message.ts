import { randomUUID } from "node:crypto";
import { Hl7Message, Hl7Segment } from "@medplum/core";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { applyOrder } from "./apply-orders.ts";
import { fieldText } from "./field-text.ts";
import { conditions, Hl7Error } from "./hl7-error.ts";
import { encodeMessageText, readMessageText } from "./message-text.ts";
import { checkHeader, parseMessage, readOrders } from "./order-message.ts";

/** What orders are done with. */
export interface OrderPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly scope: AccessScope;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly clock: () => Date;
}

/** What is known of a message that is answered. */
interface Received {
  message?: Hl7Message;
  characterSet: string;
}

/**
 * Does what a message says, all of it or nothing, and answers it once that is safe: AA, or why not (HL7 v2 section 2.9.2). Never
 * throws. The log names the message's type and what is wrong where, and no value of it.
 */
export async function answerMessage(place: OrderPlace, bytes: Uint8Array): Promise<Buffer> {
  const received: Received = { characterSet: "" };
  const started = performance.now();
  const failure = await doMessage(place, bytes, received).then(() => undefined, hl7ErrorOf);
  const header = received.message?.header;
  const line = {
    type: typeOf(header),
    acknowledgment: failure?.acknowledgment ?? "AA",
    ...(failure === undefined ? {} : { condition: failure.condition, location: failure.location }),
    ms: Math.round(performance.now() - started),
  };
  if (failure?.condition === 207) place.log.error({ ...line, err: failure.cause }, "order failed");
  else if (failure === undefined) place.log.info(line, "order taken");
  else place.log.warn(line, "order not taken");
  const text = acknowledgment(received.message, { failure, characterSet: received.characterSet, now: place.clock() });
  return encodeMessageText(text, received.characterSet);
}

async function doMessage(place: OrderPlace, bytes: Uint8Array, received: Received): Promise<void> {
  const { text, characterSet } = readMessageText(bytes);
  received.characterSet = characterSet;
  const message = parseMessage(text);
  received.message = message;
  checkHeader(message);
  const orders = readOrders(message);
  await place.database.transaction().execute(async (transaction) => {
    for (const order of orders) await applyOrder(transaction, place.scope, order);
  });
}

function hl7ErrorOf(cause: unknown): Hl7Error {
  if (cause instanceof Hl7Error) return cause;
  return new Hl7Error("AR", 207, { location: "MSH", reason: "the archive cannot do this now", cause });
}

/** Type and event, where they look like ones. */
function typeOf(header: Hl7Segment | undefined): string {
  const type = [fieldText(header, 9), fieldText(header, 9, { component: 2 })].join("^");
  return /^[A-Z0-9]{3}\^[A-Z0-9]{0,3}$/.test(type) ? type : "none";
}

/** The acknowledgment of a message, or of bytes that were none. */
export function acknowledgment(
  message: Hl7Message | undefined,
  answer: { readonly failure: Hl7Error | undefined; readonly characterSet: string; readonly now: Date },
): string {
  const { failure, characterSet, now } = answer;
  const header = message?.header;
  // Echoed as it came: our separators are those of the message.
  const raw = (field: number): string => header?.getField(field)?.toString() ?? "";
  const event = fieldText(header, 9, { component: 2 });
  const version = raw(12) || "2.5.1";
  const context = message?.context ?? new Hl7Message([]).context;
  const between = context.componentSeparator;
  const type = event === "" ? "ACK" : ["ACK", event, "ACK"].join(between);
  const made = now.toISOString().replace(/\D/g, "").slice(0, 14);
  const sent = [raw(5) || "ETALON", raw(6), raw(3), raw(4), `${made}+0000`, "", type, randomUUID().slice(0, 20)];
  const head = ["MSH", context.getMsh2(), ...sent, raw(11) || "P", version, "", "", "", "", "", characterSet];
  const said = ["MSA", failure?.acknowledgment ?? "AA", raw(10), failure === undefined ? "" : reasonOf(failure)];
  const segments = [head, said, ...(failure === undefined ? [] : [errorSegment(failure, version, context)])];
  return `${new Hl7Message(
    segments.map((fields) => new Hl7Segment(trimmed(fields), context)),
    context,
  ).toString()}\r`;
}

function reasonOf({ location, received }: Hl7Error): string {
  return `${location}: ${String(received ?? "")}`.replace(/[^\x20-\x7e]|[|^~\\&]/g, " ").slice(0, 80);
}

/** ERR: of fields since version 2.5, of one list of components before (HL7 v2.5 section 2.15.5). */
function errorSegment(failure: Hl7Error, version: string, context: Hl7Message["context"]): readonly string[] {
  const [segment = "", field = ""] = failure.location.split("-");
  const { componentSeparator, subcomponentSeparator } = context;
  const code = [String(failure.condition), conditions[failure.condition], "HL70357"];
  const where = [segment, "1", ...(field === "" ? [] : [field])];
  if (/^2\.[0-4]/.test(version)) {
    const place = [segment, "1", field, code.join(subcomponentSeparator)];
    return ["ERR", place.join(componentSeparator)];
  }
  return ["ERR", "", where.join(componentSeparator), code.join(componentSeparator), "E", "", "", "", reasonOf(failure)];
}

function trimmed(fields: readonly string[]): string[] {
  const last = fields.findLastIndex((field) => field !== "");
  return fields.slice(0, last + 1);
}
