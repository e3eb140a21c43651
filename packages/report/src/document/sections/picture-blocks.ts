import type { Language, Text } from "@etalon/base";
import type { KeyImage, ReportInput } from "../../report-input.ts";
import { shownNumber } from "../../text/shown-number.ts";
import { shownUnit } from "../../text/shown-unit.ts";
import { siteName } from "../../text/site-names.ts";
import type { Block, Line } from "../document.ts";
import { literal, number, textOf, words } from "../inline.ts";

/** The key images with what each shows: lesions, then maps. */
export function pictureBlocks({ keyImages, result }: Pick<ReportInput, "keyImages" | "result">): readonly Block[] {
  const maps = keyImages.filter(({ map }) => map !== undefined);
  const lesions = keyImages.filter(({ map }) => map === undefined);
  return [...lesionBlocks({ keyImages: lesions, result }), ...mapBlocks(maps)];
}

/** Maps in colour, each with the ends of its scale. */
function mapBlocks(keyImages: readonly KeyImage[]): readonly Block[] {
  const pictures = keyImages.flatMap(({ id, png, width, height, map }) => {
    if (map === undefined) return [];
    const { title, unit, slice, highest } = map;
    const scale = (language: Language): string =>
      `0–${shownNumber(highest, language)} ${shownUnit(unit, language)}`.trim();
    return {
      ...{ kind: "picture" as const, id, png, widthPx: width, heightPx: height },
      caption: [
        textOf(title),
        words(`, slice ${slice}, scale ${scale("en")}`, `, coupe ${slice}, échelle ${scale("fr")}`),
      ],
      alternative: { en: `${title.en}, slice ${slice}, in colour`, fr: `${title.fr}, coupe ${slice}, en couleurs` },
    };
  });
  if (pictures.length === 0) return [];
  return [
    { kind: "subheading", title: { en: "Maps", fr: "Cartographies" } },
    {
      kind: "paragraph",
      line: [
        words(
          "Low values dark, high ones bright, as the bar at the right; black where there is no value, and why is in the map of reasons.",
          "Valeurs basses en sombre, hautes en clair, selon la barre à droite ; en noir, l'absence de valeur, dont la carte des raisons dit la cause.",
        ),
      ],
    },
    { kind: "pictures", pictures },
  ];
}

function lesionBlocks({ keyImages, result }: Pick<ReportInput, "keyImages" | "result">): readonly Block[] {
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
