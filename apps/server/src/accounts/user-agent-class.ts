/** What is told of a program by its User-Agent, the most telling first: each browser names those that it is like. */
const known = [
  [/\bEdg\//, "Edge"],
  [/\bFirefox\//, "Firefox"],
  [/\b(Chrome|Chromium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
  [/^python-requests\//, "Python"],
] as const;

/** A word for a User-Agent: enough to know one's own sessions by, too little to follow somebody by. */
export function userAgentClass(header: string | undefined): string {
  return known.find(([pattern]) => pattern.test(header ?? ""))?.[1] ?? "program";
}
