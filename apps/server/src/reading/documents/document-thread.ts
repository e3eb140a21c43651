/** A thread that makes documents: one task after the other, until it is ended. */
import { parentPort } from "node:worker_threads";
import { EtalonError } from "@etalon/base";
import { createPdfRenderer, type PdfRenderer } from "@etalon/report/pdf";
import type { DocumentOutcome, DocumentTask } from "./document-messages.ts";
import { makeDocuments } from "./make-documents.ts";

let renderer: Promise<PdfRenderer> | undefined;

function openRenderer(): Promise<PdfRenderer> {
  renderer ??= createPdfRenderer();
  return renderer;
}

async function work(task: DocumentTask): Promise<DocumentOutcome> {
  try {
    return { kind: "made", files: await makeDocuments(task, openRenderer) };
  } catch (thrown) {
    if (thrown instanceof EtalonError) return { kind: "failed", code: thrown.code, field: thrown.field };
    throw thrown;
  }
}

// The parent sends nothing but tasks: the channel is between two threads of one program.
parentPort?.on("message", (task: DocumentTask) => {
  work(task).then((outcome) => parentPort?.postMessage(outcome));
});
