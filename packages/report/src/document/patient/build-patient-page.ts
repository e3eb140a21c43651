import { notAMedicalDevice, type Text } from "@etalon/base";
import { calciumCategory } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import type { Block, Line, ReportDocument, Section } from "../document.ts";
import { headerOf } from "../header-of.ts";
import { bareNumber, literal, number, strong, textOf, words } from "../inline.ts";
import { leadingTotal } from "../leading-values.ts";
import { calciumLimits, calciumStory, meaningOfScore } from "./calcium-words.ts";

/** Digits of a digest in an id. */
const ID_DIGITS = 16;
/** Pairs of the report's header that a patient recognises: name, birth date or age, day of the examination. */
const HEADER: readonly string[] = ["Patient", "Born", "Age", "Examination"];

/**
 * One page for the patient, in everyday words (about CEFR B1): what was looked at, the number, what it means and does not
 * mean, what to do. No treatment is named; what is not known of the number is said.
 */
export function buildPatientPage(input: ReportInput): ReportDocument {
  const { result, createdAt, protocol } = input;
  const isCalcium = leadingTotal(result)?.id === "agatston-score";
  return {
    id: `patient-page-${result.digest.slice(0, ID_DIGITS)}`,
    title: isCalcium ? { en: "Your calcium score", fr: "Votre score calcique" } : protocol.title,
    header: headerOf(input).filter(({ name }) => HEADER.includes(name.en)),
    sections: [
      ...(isCalcium ? [storySection()] : []),
      numberSection(input, isCalcium),
      ...(isCalcium ? [limitsSection()] : []),
      adviceSection(),
    ],
    footer: [
      textOf(notAMedicalDevice),
      words(" This page is not a diagnosis.", " Cette page n'est pas un diagnostic."),
    ],
    resultDigest: result.digest,
    createdAt,
  };
}

/** Notes after which a number may be far from the truth: it is not explained, least of all as good news. */
const doubts: ReadonlySet<string> = new Set([
  "candidates-not-assigned",
  "contrast-overridden",
  "region-outside-images",
  "short-coverage",
]);

function storySection(): Section {
  return {
    id: "story",
    title: { en: "What was looked at", fr: "Ce qui a été regardé" },
    blocks: calciumStory.map(paragraph),
  };
}

function numberSection({ result, protocol }: ReportInput, isCalcium: boolean): Section {
  const total = leadingTotal(result);
  const title = isCalcium
    ? { en: "Your score", fr: "Votre score" }
    : (protocol.outputs[total?.id ?? ""]?.title ?? protocol.title);
  const value: Line = total === undefined ? [literal("–")] : [shownTotal(total, isCalcium)];
  const figure: Block = { kind: "pairs", pairs: [{ name: title, value }] };
  const blocks: Block[] = result.provisional ? [] : [figure];
  if (result.provisional) {
    // A number that a reader may change is not explained.
    blocks.push({
      kind: "notice",
      tone: "warning",
      lines: [
        [
          strong({ en: "This number is not final. ", fr: "Ce nombre n'est pas définitif. " }),
          words(
            "A doctor has not checked it yet. Please wait for the final number.",
            "Un médecin ne l'a pas encore vérifié. Attendez le nombre définitif.",
          ),
        ],
      ],
    });
    blocks.push(figure);
  } else if (result.quality.some(({ code }) => doubts.has(code))) {
    blocks.push({
      kind: "notice",
      tone: "warning",
      lines: [
        [
          strong({ en: "Read this number with care. ", fr: "Ce nombre est à lire avec prudence. " }),
          words("Ask your doctor what it means for you.", "Demandez à votre médecin ce qu'il veut dire pour vous."),
        ],
      ],
    });
  } else if (isCalcium && total !== undefined) {
    blocks.push(paragraph(meaningOfScore[calciumCategory(total.value)]));
  }
  if (isCalcium) {
    blocks.push(
      paragraph({
        en: "0 means that no calcium was seen. The higher the number, the more calcium there is. There is no highest number: some people have more than 1000.",
        fr: "0 veut dire qu'aucun calcium n'a été vu. Plus le nombre est grand, plus il y a de calcium. Il n'y a pas de maximum : certaines personnes dépassent 1000.",
      }),
    );
  }
  return { id: "number", title: { en: "Your number", fr: "Votre nombre" }, blocks };
}

/** A calcium score is a whole number to a patient; below 10 the tenth keeps it apart from 0. */
function shownTotal({ id, value, unit }: NonNullable<ReturnType<typeof leadingTotal>>, isCalcium: boolean) {
  const origin = { kind: "result", output: id } as const;
  if (!isCalcium) return number({ value, unit }, origin);
  return bareNumber({ value, unit, digits: value > 0 && value < 10 ? 1 : 0 }, origin);
}

function limitsSection(): Section {
  return {
    id: "limits",
    title: { en: "What it does not mean", fr: "Ce que cela ne veut pas dire" },
    blocks: [{ kind: "list", lines: calciumLimits.map((text) => [textOf(text)]) }],
  };
}

const ADVICE: readonly Text[] = [
  {
    en: "Talk about this number with your doctor, and bring this page. Your doctor looks at it together with your age, your health and what matters to you.",
    fr: "Parlez de ce nombre avec votre médecin, et apportez cette page. Votre médecin le regarde avec votre âge, votre santé et ce qui compte pour vous.",
  },
  {
    en: "Do not start, change or stop a medicine because of this page.",
    fr: "Ne commencez, ne changez et n'arrêtez aucun médicament à cause de cette page.",
  },
  {
    en: "Whatever the number: if you have pain in the chest that lasts, call the emergency number (112).",
    fr: "Quel que soit le nombre : si une douleur dans la poitrine persiste, appelez le 15 ou le 112.",
  },
];

function adviceSection(): Section {
  return {
    id: "advice",
    title: { en: "What you can do", fr: "Ce que vous pouvez faire" },
    blocks: [{ kind: "list", lines: ADVICE.map((text) => [textOf(text)]) }],
  };
}

function paragraph(text: Text): Block {
  return { kind: "paragraph", line: [textOf(text)] };
}
