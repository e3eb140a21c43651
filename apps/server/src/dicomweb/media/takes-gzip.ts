/** Whether Accept-Encoding names gzip with a quality above 0 (RFC 9110 section 12.5.3). */
export function takesGzip(field: string | string[] | undefined): boolean {
  const codings = String(field ?? "")
    .toLowerCase()
    .split(",")
    .map((entry) => entry.split(";").map((piece) => piece.trim()));
  return codings.some(
    ([name, ...parameters]) => name === "gzip" && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)),
  );
}
