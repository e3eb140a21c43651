import type { Text } from "@etalon/base";
import type { KeyImage, ReportInput } from "../../report-input.ts";
import { siteName } from "../../text/site-names.ts";
import type { Block, Line } from "../document.ts";
import { literal, number, textOf, words } from "../inline.ts";

/** The key images with what each shows. */
export function pictureBlocks({ keyImages, result }: Pick<ReportInput, "keyImages" | "result">): readonly Block[] {
  if (keyImages.length === 0) return [];
  const pictures = keyImages.map((image) => ({
    kind: "picture" as const,
    id: image.id,
    png: image.png,
    widthPx: image.width,
    heightPx: image.height,
    caption: captionOf(image, result),
    alternative: alternativeOf(image),
  }));
  const items = new Set(result.outputs.flatMap(({ item }) => (item === undefined ? [] : [item])));
  const subject =
    items.size > keyImages.length
      ? words("Each of the largest lesions", "Chacune des plus grandes lésions")
      : words("Each lesion", "Chaque lésion");
  return [
    { kind: "subheading", title: { en: "Key images", fr: "Images clés" } },
    {
      kind: "paragraph",
      line: [
        subject,
        words(
          " in the slice where it is largest; what is counted of it is outlined.",
          " dans la coupe où elle est la plus étendue ; ce qui en est compté est cerné.",
        ),
      ],
    },
    { kind: "pictures", pictures },
  ];
}

function captionOf({ id, item, site }: KeyImage, { outputs }: ReportInput["result"]): Line {
  const heading: Line = [
    literal(item ?? id),
    ...(site === undefined ? [] : [literal(" · "), textOf(siteName(site).short)]),
  ];
  const score = outputs.find((output) => output.id === "agatston-score" && output.item === item && item !== undefined);
  if (score === undefined || item === undefined) return heading;
  const place = score.site === undefined ? {} : { site: score.site };
  return [...heading, literal(" · "), number(score, { kind: "result", output: score.id, ...place, item })];
}

function alternativeOf({ id, item, site }: KeyImage): Text {
  const name = item ?? id;
  if (site === undefined) return { en: `CT slice of lesion ${name}`, fr: `Coupe de scanner de la lésion ${name}` };
  const artery = siteName(site).name;
  return {
    en: `CT slice of lesion ${name}, ${artery.en}`,
    fr: `Coupe de scanner de la lésion ${name}, ${artery.fr}`,
  };
}
