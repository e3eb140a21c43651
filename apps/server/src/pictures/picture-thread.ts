/**
 * A thread that decodes and draws: takes one task after the other from the thread that started it. It has neither database nor
 * store and keeps nothing but its codecs, so that it can be ended at any moment.
 */
import { parentPort } from "node:worker_threads";
import { EtalonError } from "@etalon/base";
import { decodeEncodedFrame } from "@etalon/dicom";
import { makePicturesHere } from "./make-pictures-here.ts";
import type { PictureOutcome, PictureTask } from "./picture-messages.ts";

const { codecs, draw } = makePicturesHere();

// The parent sends nothing but tasks: the channel is between two threads of one program.
parentPort?.on("message", (task: PictureTask) => {
  run(task).then(([outcome, ...owned]) => parentPort?.postMessage(outcome, owned));
});

async function run(task: PictureTask): Promise<readonly [PictureOutcome, ...ArrayBuffer[]]> {
  try {
    if (task.kind === "draw") {
      const bytes = new Uint8Array(await draw(task.drawing));
      return [{ kind: "drawn", bytes }, bytes.buffer];
    }
    const pixels = await decodeEncodedFrame(task.frame, codecs);
    const { buffer } = pixels.samples;
    return [{ kind: "decoded", pixels }, ...(buffer instanceof ArrayBuffer ? [buffer] : [])];
  } catch (thrown) {
    const file = task.kind === "draw" ? task.drawing.file : task.frame.file;
    if (!(thrown instanceof EtalonError)) throw thrown;
    const { code, field, received, details } = thrown;
    return [{ kind: "failed", code, file, field, received, details }];
  }
}
