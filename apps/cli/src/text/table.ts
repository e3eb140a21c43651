/** Lines of a table with columns as wide as their widest cell; the first is left-aligned, the others, numbers, right-aligned. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  return alignedLines(rows, (column) => column > 0);
}

/** Lines of a table with columns as wide as their widest cell, all left-aligned. */
export function columnLines(rows: readonly (readonly string[])[]): string[] {
  return alignedLines(rows, () => false);
}

function alignedLines(rows: readonly (readonly string[])[], isNumeric: (column: number) => boolean): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) =>
        isNumeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** A number for people in a column: always two decimals. */
export function fixedNumber(value: number, language: "en" | "fr"): string {
  const options = { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false };
  return new Intl.NumberFormat(language, options).format(value);
}
