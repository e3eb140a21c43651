import type { Verdicts } from "@etalon/decide";
import type { PriorResult, ReportReading } from "@etalon/report";
import { z } from "zod";
import type { MeasuredMaterial } from "../jobs/process/measuring-messages.ts";
import type { DocumentSource, DrawnPicture } from "./documents/document-source.ts";

/** What a signed report is a rendering of besides its result and its document: kept, so that an addendum says the same. */
export interface SignedMaterial extends MeasuredMaterial {
  readonly verdicts: Verdicts;
  readonly prior: PriorResult | null;
  readonly pictures: readonly DrawnPicture[];
  /** The structured report of this edition. */
  readonly report: ReportReading["predecessor"] | null;
}

const pictureSchema = z.object({
  png: z.base64(),
  caption: z.string().optional(),
  sopInstanceUid: z.string(),
  frame: z.number(),
});
const storedSchema = z.looseObject({ pictures: z.array(pictureSchema) });

/** As it is kept: JSON, pictures in base64. */
export function writeMaterial(source: DocumentSource, report: SignedMaterial["report"]): string {
  const { context, sources, segmentation, curves, verdicts, prior, pictures } = source;
  const drawn = pictures.map(({ png, ...picture }) => ({ ...picture, png: Buffer.from(png).toString("base64") }));
  return JSON.stringify({ context, sources, segmentation, curves, verdicts, prior, pictures: drawn, report });
}

/** What {@link writeMaterial} wrote. */
export function readMaterial(stored: Readonly<Record<string, unknown>>): SignedMaterial {
  const { pictures, ...rest } = storedSchema.parse(stored);
  const drawn = pictures.map(({ png, caption, ...picture }) => ({
    ...picture,
    ...(caption === undefined ? {} : { caption }),
    png: new Uint8Array(Buffer.from(png, "base64")),
  }));
  // Written by this program in the transaction that signed, and never changed since.
  return { ...(rest as unknown as Omit<SignedMaterial, "pictures">), pictures: drawn };
}
