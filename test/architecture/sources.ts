import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type Import = {
  /** Below `src/` for our own files (`core/assurance.ts`), else as written (`node:crypto`, `hono`). */
  target: string;
  /** As written. */
  written: string;
  own: boolean;
  /** Gone after the types are stripped. */
  typesOnly: boolean;
  line: number;
};

/** One file, by its path below its folder (`src/` for the program); `code` is without comments, with its lines in place. */
export type Source = { path: string; code: string; lines: number; imports: Import[] };

/** Every file that ships below a folder; tests and what only tests use are not part of it. */
export function sources(folder = 'src'): Source[] {
  return globSync(`${folder}/**/*.{ts,tsx}`)
    .filter((path) => !/\.test\.tsx?$/.test(path) && !path.endsWith('/testing.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const code = withoutComments(text);
      const below = path.slice(folder.length + 1);
      return { path: below, code, lines: text.split('\n').length - 1, imports: [...importsOf(below, code)] };
    });
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s*from\s*)?'([^']+)'|\bimport\('([^']+)'\)/gm;

function* importsOf(path: string, code: string): Generator<Import> {
  for (const found of code.matchAll(IMPORT)) {
    const [, type, names = '', statically, dynamically] = found;
    const written = statically ?? dynamically ?? '';
    const own = written.startsWith('.') || written.startsWith('#');
    yield {
      target: own ? ownPath(path, written) : written,
      written,
      own,
      typesOnly: type !== undefined || everyNameIsType(names),
      line: code.slice(0, found.index).split('\n').length,
    };
  }
}

function ownPath(from: string, written: string): string {
  if (written.startsWith('#src/')) return written.slice('#src/'.length);
  if (written.startsWith('#demo/') || written.startsWith('#test/')) return `../${written.slice(1)}`;
  return written.startsWith('#') ? written.slice(1) : normalize(join(dirname(from), written));
}

function everyNameIsType(names: string): boolean {
  const list = /^\{([^}]*)\}$/
    .exec(names.trim())?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return list !== undefined && list.every((name) => name.trim().startsWith('type '));
}

/** Blanks, so that every line keeps its number. A `//` inside a text stays: it follows a colon there. */
function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<![:'"`\\/])\/\/[^\n]*/g, blank);
}
