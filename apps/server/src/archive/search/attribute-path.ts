import { tagOfKeyword } from "@etalon/dicom";

/**
 * The path of an attribute as a {@link MatchingKey} has it: eight upper-case hexadecimal digits, "." between the levels of
 * sequences, from keywords or digits: "RequestAttributesSequence.00400009" → "00400275.00400009". `undefined` where a part
 * is neither a keyword of PS3.6 nor a tag.
 */
export function attributePath(name: string): string | undefined {
  const tags = name.split(".").map((part) => (/^[0-9A-Fa-f]{8}$/.test(part) ? part.toUpperCase() : tagOfKeyword(part)));
  return tags.every((tag) => tag !== undefined) ? tags.join(".") : undefined;
}
