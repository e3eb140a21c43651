import { type AnalysisEvent, analysisEventSchema } from "../../analyses/analysis-event.ts";

/** An event as a reader sees it. */
type ReadEvent = Omit<AnalysisEvent, "siteId">;

const schema = analysisEventSchema.omit({ siteId: true });

/** Reads a stream of server-sent events until it ends, or the reader stops. Connected once the first is asked for or `now`. */
export function readEvents(url: string, lastEventId?: string): AsyncGenerator<ReadEvent, void, void> {
  const ending = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const opened = fetch(url, { headers, signal: ending.signal });
  opened.catch(() => {});
  return read(opened, ending);
}

async function* read(opened: Promise<Response>, ending: AbortController): AsyncGenerator<ReadEvent, void, void> {
  try {
    const answer = await opened;
    if (answer.status !== 200 || answer.body === null) throw new Error(`events answered ${answer.status}`);
    let text = "";
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield schema.parse(JSON.parse(data));
      }
    }
  } finally {
    ending.abort();
  }
}
