import { readFile } from 'node:fs/promises';
import { honestyTable } from './honesty.ts';

const MARK = /<!-- (from (\S+): (.+?)|honesty table) -->\n[\s\S]*?<!-- end -->/g;

/**
 * A page that is written by hand, with what it quotes brought up to date: between `<!-- from FILE: BEGINNING -->` and
 * `<!-- end -->` stands the part of FILE that begins with the line BEGINNING, and it is compiled and tested there.
 */
export async function withExcerpts(page: string): Promise<string> {
  const text = await readFile(page, 'utf8');
  const parts = await Promise.all(
    [...text.matchAll(MARK)].map(async ([, mark = '', file, beginning = '']) => {
      const quoted = file ? fenced(excerpt(await readFile(file, 'utf8'), beginning, file)) : honestyTable();
      return `<!-- ${mark} -->\n${quoted}\n<!-- end -->`;
    }),
  );
  return text.replaceAll(MARK, () => parts.shift() ?? '');
}

function fenced(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** The lines from `beginning` to the one that closes it, with the comment above, moved to the left. */
function excerpt(source: string, beginning: string, file: string): string {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => line.trimStart().startsWith(beginning));
  if (at < 0) throw new Error(`${file} has no line that begins with "${beginning}"`);
  const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
  let first = at;
  while (/^\s*(\/\*\*|\*|\/\/)/.test(lines[first - 1] ?? '')) first -= 1;
  let last = at;
  // A line that opens nothing is the whole of it.
  if (/[{([]$/.test(lines[at] ?? '')) {
    last = lines.findIndex(
      (line, index) =>
        index > at && /^[)}\]]/.test(line.slice(indent.length)) && line.startsWith(indent) && !/[{([]$/.test(line),
    );
    if (last < 0) throw new Error(`${file}: "${beginning}" does not end`);
  }
  return lines
    .slice(first, last + 1)
    .map((line) => line.slice(line.startsWith(indent) ? indent.length : 0))
    .join('\n');
}
