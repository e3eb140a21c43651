import { EtalonError } from "@etalon/base";
import type { ByteFeed } from "./byte-feed.ts";

/** Bytes of the header fields of one part. */
const longestHeaderBlock = 16 * 1024;
const mostFields = 64;

/**
 * Reads the header fields of a part up to its empty line, which is used up too (RFC 2046 section 5.1). Lines end with CRLF
 * or LF; a line that starts with a blank continues the one before.
 *
 * @returns values by lower-case name, the first where a name comes twice
 * @throws EtalonError `body-malformed`, `body-truncated`
 */
export async function readPartHeaders(feed: ByteFeed): Promise<ReadonlyMap<string, string>> {
  const lines: string[] = [];
  let used = 0;
  for (;;) {
    const line = await readLine(feed, longestHeaderBlock - used);
    used += line.length + 1;
    if (line === "") return fieldsOf(lines);
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] += ` ${line.trim()}`;
    else lines.push(line);
    if (lines.length > mostFields) throw malformed(`more than ${mostFields} header fields`);
  }
}

/** One line without its end. */
async function readLine(feed: ByteFeed, longest: number): Promise<string> {
  for (;;) {
    const end = feed.pending().indexOf(0x0a);
    if (end > longest || (end < 0 && feed.pending().length > longest)) {
      throw malformed(`header fields of more than ${longestHeaderBlock} bytes`);
    }
    if (end >= 0) {
      const line = feed.take(end + 1).toString("latin1", 0, end);
      return line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    if (!(await feed.pull())) throw new EtalonError("body-truncated", { field: "the header of a part" });
  }
}

function fieldsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw malformed("a header line without a name");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function malformed(reason: string): EtalonError {
  return new EtalonError("body-malformed", { field: "a part", received: reason });
}
