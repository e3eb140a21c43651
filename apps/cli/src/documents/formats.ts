import { InputError } from "@etalon/base";

/** The documents that can be written of a result. */
export const formats = ["json", "html", "pdf", "sr", "seg", "fhir", "csv", "nifti", "pm"] as const;

/** One of them. */
export type Format = (typeof formats)[number];

/**
 * Formats from `--format json,html,pdf`; `json` alone where nothing was asked.
 *
 * @throws {InputError} `unknown-name`
 */
export function readFormats(text: string | undefined): ReadonlySet<Format> {
  const names = (text ?? "json").split(",").map((name) => name.trim().toLowerCase());
  return new Set(names.map((name) => formatNamed(name)));
}

function formatNamed(name: string): Format {
  const format = formats.find((known) => known === name);
  if (format === undefined) throw new InputError("unknown-name", "--format", name, formats.join(", "));
  return format;
}
