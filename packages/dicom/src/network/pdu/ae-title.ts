import { InputError } from "@etalon/base";

/** Characters of an application entity title, padded with spaces in a PDU (PS3.5 table 6.2-1, PS3.8 table 9-11). */
export const aeTitleLength = 16;

/** Whether a title, without the spaces around it, is one of PS3.5 VR AE: of spaces alone it is none. */
export function isAeTitle(title: string): boolean {
  return /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title);
}

/**
 * An application entity title without the spaces around it, which mean nothing.
 *
 * @throws InputError `wrong-type` (empty, over 16 characters, a backslash or a control character: PS3.5 VR AE)
 */
export function checkedAeTitle(title: string, field: string): string {
  const trimmed = title.trim();
  if (!isAeTitle(trimmed)) {
    throw new InputError("wrong-type", field, title, "1 to 16 characters of ASCII without backslash");
  }
  return trimmed;
}
