/** Study Instance UIDs of a QIDO answer. */
export function studyUidsIn(answer: unknown): string[] {
  if (!Array.isArray(answer)) throw new Error("no list of studies");
  return answer.map((study: Readonly<Record<string, { readonly Value?: readonly unknown[] }>>) =>
    String(study["0020000D"]?.Value?.[0]),
  );
}
