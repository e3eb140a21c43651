import { transferSyntaxes } from "@etalon/dicom";
import { type MediaRange, takes } from "../media/parse-accept.ts";

/**
 * How an instance is given: as it is stored, or written anew in Explicit VR Little Endian; or that, but as it is stored where
 * it turns out that its pixels cannot be decoded.
 */
export type InstanceForm = "verbatim" | "explicit" | "explicit-or-verbatim";

/** The transfer syntax of what a client does not say otherwise (PS3.18 section 8.7.3.4). */
export const explicitLittleEndian = "1.2.840.10008.1.2.1";

/**
 * The form of an instance that suits a media range best; nothing where none does.
 *
 * Without a transfer-syntax parameter it is Explicit VR Little Endian, but what was compressed with loss or cannot be
 * decoded is given as it is stored, as PS3.18 section 8.7.3.4 permits. `*` takes what is stored, and so does "*\/*".
 */
export function instanceForm(storedSyntaxUid: string, range: MediaRange): InstanceForm | undefined {
  if (!takes(range, "application/dicom")) return undefined;
  const asked = range.transferSyntaxUid ?? (range.mediaType === "*/*" ? "*" : undefined);
  if (asked === "*" || asked === storedSyntaxUid) return "verbatim";
  const row = transferSyntaxes[storedSyntaxUid];
  const isDecodable = row !== undefined && row.refusal === undefined;
  if (asked === explicitLittleEndian) return isDecodable ? "explicit" : undefined;
  if (asked !== undefined) return undefined;
  return storedSyntaxUid === explicitLittleEndian || !isDecodable || row.isLossy ? "verbatim" : "explicit-or-verbatim";
}

/** The best form among several ranges: those of the highest quality first, and of those what is stored. */
export function bestForm(storedSyntaxUid: string, ranges: readonly MediaRange[]): InstanceForm | undefined {
  const forms = ranges.flatMap((range) => {
    const form = instanceForm(storedSyntaxUid, range);
    return form === undefined ? [] : [{ form, quality: range.quality }];
  });
  const best = forms.filter(({ quality }) => quality === forms[0]?.quality);
  return best.find(({ form }) => form === "verbatim")?.form ?? best[0]?.form;
}
