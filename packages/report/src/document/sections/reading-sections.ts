import type { ReportInput } from "../../report-input.ts";
import type { Addendum, Signature } from "../../report-reading.ts";
import type { Block, Line, Section } from "../document.ts";
import { day, literal, strong, words } from "../inline.ts";
import { writtenBlocks, writtenSection } from "../written-section.ts";

/** Whether somebody answers for the report, at its head: preliminary, or who signed it when, with what was added since. */
export function statusSections(input: ReportInput): readonly Section[] {
  const { reading } = input;
  if (reading === undefined) return [];
  const { signature, addenda } = reading;
  if (signature === undefined) return [preliminarySection()];
  return [...addenda.map((addendum, at) => addendumSection(addendum, at + 1, input)), signatureSection(signature)];
}

function preliminarySection(): Section {
  const line: Line = [
    strong({ en: "PRELIMINARY. ", fr: "PROVISOIRE. " }),
    words(
      "No physician has signed this report: it may still change.",
      "Aucun médecin n'a signé ce compte rendu : il peut encore changer.",
    ),
  ];
  return {
    id: "preliminary",
    title: { en: "Preliminary report", fr: "Compte rendu provisoire" },
    blocks: [{ kind: "notice", tone: "warning", lines: [line] }],
  };
}

function signatureSection(signature: Signature): Section {
  return {
    id: "signature",
    title: { en: "Signed report", fr: "Compte rendu signé" },
    blocks: [
      {
        kind: "paragraph",
        line: [words("Read and signed by ", "Lu et signé par "), ...signedLine(signature), words(".", ".")],
      },
    ],
  };
}

/** Name, organisation, day and time as they were when it was signed. */
function signedLine({ name, organization, at }: Signature): Line {
  return [
    literal(organization === undefined ? name : `${name}, ${organization}`),
    words(", on ", ", le "),
    day(at.slice(0, 10)),
    literal(` ${at.slice(11, 16)} ${/Z$/.test(at) ? "UTC" : at.slice(-6)}`),
  ];
}

function addendumSection(addendum: Addendum, position: number, { language }: ReportInput): Section {
  return {
    id: `addendum-${position}`,
    title: { en: `Addendum ${position}`, fr: `Additif ${position}` },
    blocks: [
      ...writtenBlocks({ text: addendum.text, language: addendum.language }, language),
      { kind: "paragraph", line: [words("Added by ", "Ajouté par "), ...signedLine(addendum), words(".", ".")] },
    ],
  };
}

/** What the reader saw, in words of their own. */
export function findingsSections(input: ReportInput): readonly Section[] {
  return writtenSections(input, "findings", { en: "Findings", fr: "Description" });
}

/** What the reader says besides. */
export function commentSections(input: ReportInput): readonly Section[] {
  return writtenSections(input, "comment", { en: "Comment", fr: "Commentaire" });
}

function writtenSections(input: ReportInput, id: "findings" | "comment", title: Section["title"]): readonly Section[] {
  const written = writtenSection(input, id);
  return written === undefined ? [] : [{ id, title, blocks: writtenBlocks(written, input.language) }];
}

/** The pictures that the reader chose. */
export function chosenPictureSections({ reading }: ReportInput): readonly Section[] {
  const pictures = (reading?.pictures ?? []).map(
    ({ png, width, height, caption, sopInstanceUid, frame }, at): Extract<Block, { kind: "picture" }> => ({
      kind: "picture",
      id: `key-image-${at + 1}`,
      png,
      widthPx: width,
      heightPx: height,
      caption:
        caption === undefined
          ? [words(`Key image ${at + 1}`, `Image clé ${at + 1}`)]
          : [words(`Key image ${at + 1}: `, `Image clé ${at + 1} : `), literal(caption)],
      alternative: {
        en: `Image ${sopInstanceUid}, frame ${frame}`,
        fr: `Image ${sopInstanceUid}, vue ${frame}`,
      },
    }),
  );
  if (pictures.length === 0) return [];
  const title = { en: "Key images", fr: "Images clés" };
  return [{ id: "key-images", title, blocks: [{ kind: "pictures", pictures }] }];
}
