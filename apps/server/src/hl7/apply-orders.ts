import { EtalonError } from "@etalon/base";
import { sql, type Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { setState } from "../worklist/change-items.ts";
import { readItem } from "../worklist/read-item.ts";
import { type SaveOptions, saveItem } from "../worklist/save-item.ts";
import type { WorklistState } from "../worklist/worklist-item.ts";
import { fieldText } from "./field-text.ts";
import { Hl7Error } from "./hl7-error.ts";
import { orderAttributes } from "./order-attributes.ts";
import { type OrderIdentifiers, orderIdentifiers } from "./order-identifiers.ts";
import type { Order } from "./order-message.ts";

/** States that ORC-5 says (HL7 table 0038). */
const statesOfOrder: ReadonlyMap<string, WorklistState> = new Map([
  ["SC", "scheduled"],
  ["IP", "started"],
  ["A", "started"],
  ["CM", "completed"],
  ["CA", "cancelled"],
  ["DC", "discontinued"],
]);

/** States that ORC-1 says by itself. */
const statesOfControl: ReadonlyMap<string, WorklistState> = new Map([
  ["CA", "cancelled"],
  ["DC", "discontinued"],
]);

/**
 * Does what an order says (ORC-1, HL7 table 0119): NW and XO create or replace its items, CA and DC end them, SC puts them into
 * the state of ORC-5.
 *
 * @throws Hl7Error AE
 */
export async function applyOrder(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  order: Order,
): Promise<void> {
  const control = fieldText(order.common, 1).toUpperCase();
  const status = fieldText(order.common, 5).toUpperCase();
  if (control === "NW") return saveOrder(transaction, scope, { order, options: {} });
  if (control === "XO") {
    const state = statesOfOrder.get(status);
    const options = { keepsEnded: true, ...(state === undefined ? {} : { state }) };
    return saveOrder(transaction, scope, { order, options });
  }
  if (control !== "SC" && !statesOfControl.has(control)) {
    throw new Hl7Error("AE", 103, { location: "ORC-1", reason: "one of NW, XO, CA, DC, SC" });
  }
  const state = statesOfControl.get(control) ?? statesOfOrder.get(status);
  if (state === undefined) {
    throw new Hl7Error("AE", 103, { location: "ORC-5", reason: `one of ${[...statesOfOrder.keys()].join(", ")}` });
  }
  return changeOrder(transaction, scope, { order, state });
}

async function saveOrder(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  { order, options }: { readonly order: Order; readonly options: SaveOptions },
): Promise<void> {
  for (const imaging of stepsOf(order)) {
    const attributes = readOrRefuse(orderAttributes(order, imaging));
    await saveItem(transaction, scope, { attributes, options });
  }
}

/** One step for each IPC; a general order is one. */
function stepsOf({ imaging }: Order): Order["imaging"] | readonly [undefined] {
  return imaging.length === 0 ? [undefined] : imaging;
}

/** Values go through the gate of the API; which attribute it stopped is told, and never its value. */
function readOrRefuse(record: unknown): ReturnType<typeof readItem> {
  try {
    return readItem(record);
  } catch (cause) {
    if (!(cause instanceof EtalonError)) throw cause;
    const attribute = cause.field.split(".").findLast((part) => !/^\d+$/.test(part)) ?? cause.field;
    const reason = `${attribute}: ${String(cause.details["expected"] ?? "")}`;
    throw new Hl7Error("AE", 102, { location: segmentOf(attribute), reason, cause });
  }
}

function segmentOf(attribute: string): string {
  return attribute.startsWith("Patient") ? "PID" : "OBR";
}

async function changeOrder(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  { order, state }: { readonly order: Order; readonly state: WorklistState },
): Promise<void> {
  const found = await Promise.all(
    stepsOf(order).map((imaging) => idsOf(transaction, scope, orderIdentifiers(order, imaging))),
  );
  const ids = found.flat();
  if (ids.length === 0) {
    throw new Hl7Error("AE", 204, { location: "ORC-3", reason: "no item of this patient has these identifiers" });
  }
  await setState(transaction, scope, { ids, state });
}

/** Items that everything the order says of itself is true of; the accession number may have come from the filler's number. */
async function idsOf(
  transaction: Transaction<ArchiveDatabase>,
  scope: AccessScope,
  identifiers: OrderIdentifiers,
): Promise<readonly number[]> {
  const { accessionNumber, requestedProcedureId, stepId, placerOrderNumber, fillerOrderNumber } = identifiers;
  const asked = [
    ["accession_number", accessionNumber],
    ["requested_procedure_id", requestedProcedureId],
    ["step_id", stepId],
    ["placer_order_number", placerOrderNumber],
    ["filler_order_number", fillerOrderNumber],
  ] as const;
  const said = asked.filter(([, value]) => value !== "");
  if (said.length === 0) {
    throw new Hl7Error("AE", 101, { location: "ORC-3", reason: "an order number or the identifiers of OBR or IPC" });
  }
  let query = transaction.selectFrom("worklist_item").select("id").where("site_id", "=", scope.siteId);
  if (identifiers.patientId !== "") query = query.where("patient_id", "=", identifiers.patientId);
  for (const [column, value] of said) {
    // An item that was made otherwise than by an order has no order numbers to compare.
    const isOrderNumber = column === "placer_order_number" || column === "filler_order_number";
    query = query.where(
      isOrderNumber && accessionNumber !== ""
        ? sql<boolean>`coalesce(${sql.ref(column)}, ${value}) = ${value}`
        : sql<boolean>`${sql.ref(column)} = ${value}`,
    );
  }
  const rows = await query.execute();
  return rows.map(({ id }) => id);
}
