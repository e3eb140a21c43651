import type { Hl7Segment } from "@medplum/core";
import { fieldText } from "./field-text.ts";
import type { Order } from "./order-message.ts";

/** What an order says of which procedure it is about; "" where it does not. */
export interface OrderIdentifiers {
  readonly patientId: string;
  readonly accessionNumber: string;
  readonly requestedProcedureId: string;
  readonly stepId: string;
  readonly placerOrderNumber: string;
  readonly fillerOrderNumber: string;
}

/** The identifiers of one step: of IPC where the message has it, else where IHE put them in OBR (RAD TF-2 4.4.4.1.2.2.4). */
export function orderIdentifiers(
  { patient, common, request }: Order,
  imaging: Hl7Segment | undefined,
): OrderIdentifiers {
  return {
    patientId: fieldText(patient, 3) || fieldText(patient, 2),
    accessionNumber: fieldText(imaging, 1) || fieldText(request, 18),
    requestedProcedureId: fieldText(imaging, 2) || fieldText(request, 19),
    stepId: fieldText(imaging, 4) || fieldText(request, 20),
    placerOrderNumber: fieldText(common, 2) || fieldText(request, 2),
    fillerOrderNumber: fieldText(common, 3) || fieldText(request, 3),
  };
}
