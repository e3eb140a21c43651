import { EtalonError, messageOf } from "@etalon/base";
import { createMeasurer } from "./measurer.ts";
import type { MeasuringAnswer, MeasuringQuestion, MeasuringRefusal } from "./measuring-messages.ts";

const measurer = createMeasurer();

// Questions are answered one after the other: the next edit finds the volume that the first has loaded.
let last: Promise<void> = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<MeasuringQuestion>) => {
  last = last.then(() => answer(data));
});

async function answer(question: MeasuringQuestion): Promise<void> {
  const { id } = question;
  const say = (said: MeasuringAnswer): void => self.postMessage(said);
  try {
    if (question.kind === "measure") {
      const measured = await measurer.measure(question.request, (progress) => say({ id, kind: "progress", progress }));
      say({ id, kind: "measured", measured });
    } else if (question.kind === "map") say({ id, kind: "map", file: await measurer.map(question.request) });
    else say({ id, kind: "documents", documents: await measurer.documents(question.request) });
  } catch (error) {
    say({ id, kind: "refused", refusal: refusalOf(error) });
  }
}

function refusalOf(error: unknown): MeasuringRefusal {
  if (error instanceof EtalonError) {
    const { code, field } = error;
    return { code, field, message: { en: messageOf(error, "en"), fr: messageOf(error, "fr") } };
  }
  const said = error instanceof Error ? error.message : String(error);
  // fetch() says so where nothing answers.
  const isOffline = error instanceof TypeError && /fetch|network/i.test(said);
  return { code: isOffline ? "offline" : "failed", field: "", message: { en: said, fr: said } };
}
