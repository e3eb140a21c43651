import { EtalonError } from "@etalon/base";

/**
 * Says in a PDF of Typst that it is PDF/A-2a: the identification in its XMP metadata (ISO 19005-2, 6.6.4), the output
 * intent that colours are meant for (6.2.3), here the sRGB profile that the file already carries, and that a window shows
 * the title. Everything else that PDF/A-2a asks for Typst writes unasked: embedded faces with Unicode, tags, language,
 * calibrated colours, printed links. The web compiler has no option for it (typst.ts issue 837).
 *
 * Appended as a revision of its own (ISO 32000-1, 7.5.6); what was written before stays byte for byte.
 *
 * @throws {EtalonError} `report-not-composed` where the file is not as Typst writes it
 */
export function markAsPdfA(pdf: Uint8Array): Uint8Array {
  // One character a byte, so that positions in the text are positions in the file.
  const text = latin1(pdf);
  const trailer = found(
    text,
    /trailer\s*<<\s*\/Size (\d+)\s*\/Root (\d+) 0 R\s*([^>]*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$/,
    "trailer",
  );
  const [, size = "", root = "", rest = "", tableAt = ""] = trailer;
  const offsets = objectOffsets(text, Number(tableAt));
  const objectText = (number: number): string => {
    const start = offsets[number] ?? text.length;
    return text.slice(start, text.indexOf("endobj", start));
  };
  const catalog = objectText(Number(root));
  const metadata = Number(found(catalog, /\/Metadata (\d+) 0 R/, "metadata")[1]);
  const profile = rgbProfile(text, objectText);
  const intent = Number(size);

  const appended = new Map<number, string>([
    [metadata, identified(objectText(metadata))],
    [Number(root), withIntent(catalog, intent)],
    [intent, outputIntent(intent, profile)],
  ]);
  let body = "\n";
  const rows: string[] = [];
  for (const [number, object] of [...appended].sort(([one], [other]) => one - other)) {
    rows.push(`${number} 1\n${String(pdf.length + body.length).padStart(10, "0")} 00000 n \n`);
    body += `${object}endobj\n\n`;
  }
  const at = pdf.length + body.length;
  const table = `xref\n${rows.join("")}`;
  const end = `trailer\n<<\n  /Size ${intent + 1}\n  /Root ${root} 0 R\n  ${rest.trim()}\n  /Prev ${tableAt}\n>>\nstartxref\n${at}\n%%EOF\n`;
  return joined(pdf, bytes(body + table + end));
}

function withIntent(catalog: string, intent: number): string {
  return (
    catalog
      // False is what it means when it is left out, and poppler complains of it.
      .replace(/\s*\/Suspects false/, "")
      .replace(/(\/ViewerPreferences <<)/, "$1\n    /DisplayDocTitle true")
      .replace(/>>\s*$/, `  /OutputIntents [${intent} 0 R]\n>>\n`)
  );
}

function outputIntent(number: number, profile: number): string {
  const entries = [
    "/Type /OutputIntent",
    "/S /GTS_PDFA1",
    "/OutputConditionIdentifier (sRGB)",
    "/Info (sRGB IEC61966-2.1)",
    `/DestOutputProfile ${profile} 0 R`,
  ];
  return `${number} 0 obj\n<<\n  ${entries.join("\n  ")}\n>>\n`;
}

/** The metadata with part and conformance of PDF/A in them. */
function identified(metadata: string): string {
  const [, head = "", packet = "", tail = ""] = found(
    metadata,
    /^([\s\S]*?>>\s*stream\n)([\s\S]*)(\nendstream\s*)$/,
    "metadata",
  );
  const claim = `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>`;
  const marked = packet
    .replace(/(<rdf:Description rdf:about="")/, '$1 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"')
    .replace("</rdf:Description>", `${claim}</rdf:Description>`);
  return head.replace(/\/Length \d+/, `/Length ${marked.length}`) + marked + tail;
}

/** The number of the colour profile with three components. */
function rgbProfile(text: string, objectText: (number: number) => string): number {
  const profiles = [...text.matchAll(/\[\/ICCBased (\d+) 0 R\]/g)].map(([, number]) => Number(number));
  const rgb = profiles.find((number) => /\/N 3\s/.test(objectText(number)));
  if (rgb === undefined) throw unexpected("colour profile");
  return rgb;
}

/** Where each object starts, by its number, from a cross-reference table of one section. */
function objectOffsets(text: string, tableAt: number): readonly number[] {
  const [head, count = ""] = found(text.slice(tableAt, tableAt + 40), /^xref\n0 (\d+)\n/, "cross-reference table");
  const first = tableAt + head.length;
  // ISO 32000-1, 7.5.4: every row is twenty bytes, the offset is its first ten.
  return Array.from({ length: Number(count) }, (_, number) => Number(text.slice(first + 20 * number).slice(0, 10)));
}

function found(text: string, pattern: RegExp, part: string): RegExpExecArray {
  const match = pattern.exec(text);
  if (match === null) throw unexpected(part);
  return match;
}

function unexpected(part: string): EtalonError {
  return new EtalonError("report-not-composed", { field: "PDF", received: `no ${part}` });
}

function latin1(given: Uint8Array): string {
  let text = "";
  for (let at = 0; at < given.length; at += 8192) text += String.fromCharCode(...given.subarray(at, at + 8192));
  return text;
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
