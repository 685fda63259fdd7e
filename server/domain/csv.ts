/** What a spreadsheet would take for a formula, even behind spaces. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * One line of CSV (RFC 4180) with its line end. Every value is quoted, and one that a spreadsheet would run as a
 * formula stands behind an apostrophe.
 */
export function toCsvLine(values: readonly (string | number)[]): string {
  const cells = values.map((value) => {
    const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${cells.join(',')}\r\n`;
}
