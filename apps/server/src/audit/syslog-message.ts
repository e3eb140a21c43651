/** What a syslog message says. */
export interface SyslogContent {
  readonly at: string;
  readonly hostname: string;
  readonly processId: number;
  /** What kind of message: 1 to 32 printable characters. */
  readonly messageId: string;
  readonly text: string;
}

/** Facility 10 (security and authorization), severity 5 (notice): RFC 5424 section 6.2.1, as IHE ITI-20 has it. */
const priority = 10 * 8 + 5;

/** One message (RFC 5424 section 6): its text is UTF-8 and says so with a byte order mark. */
export function syslogMessage({ at, hostname, processId, messageId, text }: SyslogContent): Buffer {
  const host = hostname.replace(/[^\x21-\x7e]/g, "").slice(0, 255) || "-";
  return Buffer.from(`<${priority}>1 ${at} ${host} etalon ${processId} ${messageId} - \ufeff${text}`, "utf8");
}
