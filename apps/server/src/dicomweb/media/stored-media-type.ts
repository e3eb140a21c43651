/** The media types of compressed frames, by the transfer syntaxes that have them (PS3.18 tables 8.7.3-4 and 8.7.3-5). */
const syntaxesOf: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["4.50", "4.51", "4.52", "4.53", "4.54", "4.55", "4.56", "4.57", "4.58", "4.70"],
  "image/dicom-rle": ["5"],
  "image/jls": ["4.80", "4.81"],
  "image/jp2": ["4.90", "4.91"],
  "image/jpx": ["4.92", "4.93"],
  "image/jphc": ["4.201", "4.202", "4.203"],
  "image/jxl": ["4.110", "4.111", "4.112"],
  "video/mpeg": ["4.100", "4.100.1", "4.101", "4.101.1"],
  "video/mp4": [102, 103, 104, 105, 106].flatMap((video) => [`4.${video}`, `4.${video}.1`]),
  "video/h265": ["4.107", "4.108"],
};

const mediaTypes: ReadonlyMap<string, string> = new Map(
  Object.entries(syntaxesOf).flatMap(([type, syntaxes]) =>
    syntaxes.map((syntax): [string, string] => [`1.2.840.10008.1.2.${syntax}`, type]),
  ),
);

/** The media type of frames as they are stored in a transfer syntax; application/octet-stream where it has none of its own. */
export function storedMediaType(transferSyntaxUid: string): string {
  return mediaTypes.get(transferSyntaxUid) ?? "application/octet-stream";
}

/** Names that clients still use for the media types of frames. */
const oldNames: Readonly<Record<string, string>> = {
  "image/x-jls": "image/jls",
  "image/x-dicom-rle": "image/dicom-rle",
  "image/jhc": "image/jphc",
};

/** A media type by the name that PS3.18 has for it now. */
export function currentMediaType(name: string): string {
  return oldNames[name] ?? name;
}
