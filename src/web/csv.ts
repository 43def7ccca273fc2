/**
 * A table for a spreadsheet (RFC 4180), with the mark by which Excel knows UTF-8. A cell that a spreadsheet would compute
 * begins with an apostrophe, which makes it text: somebody else may have written it. A semicolon is quoted too: where the
 * comma is for decimals it begins the next cell.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
