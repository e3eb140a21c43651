import type { Result } from "@etalon/measure";
import { qualitySentences } from "../text/quality-sentences.ts";
import { sentenceOf } from "../text/sentence-of.ts";
import type { Line } from "./document.ts";
import { code } from "./inline.ts";
import { templateLine } from "./template-line.ts";

type Note = Result["quality"][number];

/** Those of a result's notes on images and reading that are asked for, a sentence each, in the order of the result. */
export function qualityLines(quality: Result["quality"], isWanted: (note: Note) => boolean): readonly Line[] {
  return quality.flatMap((note, index) => (isWanted(note) ? [qualityLine(note, index)] : []));
}

function qualityLine({ code: id, details }: Note, index: number): Line {
  const sentence = Object.hasOwn(qualitySentences, id) ? qualitySentences[id] : undefined;
  if (sentence === undefined) return [code(`${id} ${JSON.stringify(details)}`)];
  return templateLine(sentenceOf(sentence), details, `quality.${index}.details`);
}
