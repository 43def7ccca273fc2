/** The first line of every page that is made and not written. */
export const GENERATED = '<!-- Made by `npm run docs`. Change the program, not this page. -->';

/** A Markdown table. Cells are plain text; what would break the table is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
