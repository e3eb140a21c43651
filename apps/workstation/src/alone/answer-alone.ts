import { EtalonError, messageOf } from "@etalon/base";
import { toDicomJson } from "@etalon/dicom";
import type { Asked } from "../api/asked.ts";
import type { Answerer } from "../api/own-answers.ts";
import { answerReading } from "./answer-reading.ts";
import type { DocumentStore } from "./document-store.ts";
import { json, problem } from "./json-answer.ts";
import type { LocalObjects } from "./local-objects.ts";
import { listSeries, listStudies } from "./search-objects.ts";

/**
 * Answers in a server's place, in the same words (DICOMweb and docs/guide/reading.md), as far as reading without a server goes:
 * nothing is measured by itself, nobody signs, nothing is shared.
 */
export function answerAlone(objects: LocalObjects, documents: DocumentStore): Answerer {
  return async (asked, how) => {
    const { pathname, searchParams } = new URL(asked, "http://alone/");
    const path = pathname.slice(1);
    if (path === "dicom-web/studies" && how.method === "POST") return store(objects, how);
    if (path === "dicom-web/studies") return listStudies(objects.all(), searchParams);
    const series = /^dicom-web\/studies\/([\d.]+)\/series$/.exec(path);
    if (series !== null) return listSeries(objects.all(), series[1] ?? "");
    const metadata = /^dicom-web\/studies\/([\d.]+)\/series\/([\d.]+)\/metadata$/.exec(path);
    if (metadata !== null) return json(metadataOf(objects, metadata[2] ?? ""));
    if (path === "api/results") return json({ total: 0, results: [] });
    if (path === "api/analyses") return json({ total: 0, analyses: [] });
    const reading = /^api\/studies\/([\d.]+)\/readings\/([a-z-]+\/[a-z0-9-]+)(\/.*)?$/.exec(path);
    if (reading !== null) {
      const [, study = "", protocol = "", rest = ""] = reading;
      return answerReading(documents, { study, protocol, rest }, how);
    }
    return problem(404, "nothing-here", "not without a server");
  };
}

function metadataOf(objects: LocalObjects, series: string): unknown {
  return objects
    .all()
    .filter(({ seriesInstanceUid }) => seriesInstanceUid === series)
    .map(({ dataSet }) => toDicomJson(dataSet));
}

async function store(objects: LocalObjects, { body }: Asked): Promise<Response> {
  if (body === undefined) return problem(400, "not-dicom", "nothing");
  try {
    await objects.add(body instanceof Blob ? body : new Blob([body]));
    return json({});
  } catch (thrown) {
    if (!(thrown instanceof EtalonError)) throw thrown;
    return problem(400, thrown.code, messageOf(thrown, document.documentElement.lang === "fr" ? "fr" : "en"));
  }
}
