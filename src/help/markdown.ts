/** What an article may consist of. Nothing here is HTML: whoever draws it makes elements of it, and texts stay texts. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: Inline[] }
  | { kind: 'text'; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'note'; blocks: Block[] }
  | { kind: 'picture'; name: string; alt: string }
  /** A part that is only true for some: `{{if sms}}` … `{{end}}`. */
  | { kind: 'when'; fact: string; blocks: Block[] };

export type Inline =
  | { kind: 'plain'; text: string }
  | { kind: 'bold' | 'slanted'; text: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; to: string; text: Inline[] };

/** `title` from the first line (`# …`), `summary` from the paragraph below it, which every article begins with. */
export type Document = { title: string; summary: string; blocks: Block[] };

/** Reads the small part of Markdown (CommonMark 0.31) that articles are written in. Any text is an article: none throws. */
export function readMarkdown(source: string): Document {
  const parts = [...partsOf(source)];
  return { ...topOf(parts), blocks: readParts(titleOf(parts[0]) === '' ? parts : parts.slice(2)) };
}

/** The same where most are only listed: what stands below the first lines is read when it is asked for, each time. */
export function readTop(source: string): Document {
  return {
    ...topOf(partsOf(source)),
    get blocks() {
      return readMarkdown(source).blocks;
    },
  };
}

function topOf(parts: Iterable<string>): Pick<Document, 'title' | 'summary'> {
  const [first, second] = parts;
  const title = titleOf(first);
  return { title, summary: title === '' ? '' : oneLine(second ?? '') };
}

function titleOf(part = ''): string {
  return (/^#[ \t]+(.*)/.exec(part.trim())?.[1] ?? '').trim();
}

/** A blank line ends a part; so does a heading, which is a part of its own, whatever stands in the lines beside it. */
function* partsOf(source: string): Generator<string> {
  let lines: string[] = [];
  for (const line of linesOf(source)) {
    const isHeading = /^#{1,3}[ \t]/.test(line);
    if (!isHeading && !/^[ \t]*$/.test(line)) lines.push(line);
    else {
      yield* joinedLines(lines);
      if (isHeading) yield line.trimEnd();
      lines = [];
    }
  }
  yield* joinedLines(lines);
}

function joinedLines(lines: readonly string[]): string[] {
  const part = lines.join('\n').trimEnd();
  return part === '' ? [] : [part];
}

function* linesOf(source: string): Generator<string> {
  for (let from = 0; ; ) {
    const end = source.indexOf('\n', from);
    const line = source.slice(from, end < 0 ? undefined : end);
    yield end >= 0 && line.endsWith('\r') ? line.slice(0, -1) : line;
    if (end < 0) return;
    from = end + 1;
  }
}

/** Parts within parts: whoever draws them goes down as deep. */
const DEEPEST = 4;

function readParts(parts: string[]): Block[] {
  const open: { fact: string; blocks: Block[] }[] = [{ fact: '', blocks: [] }];
  const add = (block: Block) => open.at(-1)?.blocks.push(block);
  for (const part of parts) {
    const [, fact] = /^\{\{if ([\w-]+)\}\}$/.exec(part.trim()) ?? [];
    if (fact !== undefined && open.length < DEEPEST) open.push({ fact, blocks: [] });
    else if (part.trim() === '{{end}}' && open.length > 1) close(open);
    else for (const block of readPart(part)) add(block);
  }
  while (open.length > 1) close(open);
  return open[0]?.blocks ?? [];
}

function close(open: { fact: string; blocks: Block[] }[]): void {
  const done = open.pop();
  if (done) open.at(-1)?.blocks.push({ kind: 'when', ...done });
}

function readPart(part: string): Block[] {
  // What follows begins with no blank: where two parts may take the same blanks, a long row of them takes ages.
  const [, marks = '', heading] = /^(#{2,3})[ \t]+([^ \t\n][^\n]*)$/.exec(part) ?? [];
  if (heading !== undefined) return [{ kind: 'heading', level: marks.length === 2 ? 2 : 3, text: readInline(heading) }];
  const [, alt = '', name] = /^!\[([^\]\n]*)\]\(([\w-]+)\)$/.exec(part.trim()) ?? [];
  if (name !== undefined) return [{ kind: 'picture', name, alt }];
  const lines = part.split('\n');
  if (lines.every((line) => /^> ?/.test(line)))
    return [{ kind: 'note', blocks: readPart(lines.map((line) => line.replace(/^[> ]+/, '')).join('\n')) }];
  for (const [ordered, mark] of [
    [false, /^[-*][ \t]+/],
    [true, /^\d{1,3}\.[ \t]+/],
  ] as const)
    if (mark.test(part)) return [{ kind: 'list', ordered, items: itemsOf(lines, mark) }];
  return [{ kind: 'text', text: readInline(oneLine(part)) }];
}

/** A line without the mark belongs to the item above it. */
function itemsOf(lines: string[], mark: RegExp): Inline[][] {
  const items: string[] = [];
  for (const line of lines) {
    if (mark.test(line)) items.push(line.replace(mark, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items.map((item) => readInline(oneLine(item)));
}

/** Code and braces first: what stands in them is never a mark. */
const MARK =
  /`(?<code>[^`]+)`|(?<braces>\{\{[^{}]*\}\})|\*\*(?<bold>(?:[^*]|\*(?!\*))+)\*\*|\*(?<slanted>[^*]+)\*|\[(?<label>[^[\]]+)\]\((?<to>[^()\s]+)\)/g;

export function readInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(MARK)) {
    parts.push({ kind: 'plain', text: text.slice(at, found.index) }, marked(found));
    at = found.index + found[0].length;
  }
  return joined([...parts, { kind: 'plain', text: text.slice(at) }]);
}

function marked({ 0: whole, groups = {} }: RegExpMatchArray): Inline {
  const { code, bold, slanted, label, to } = groups;
  if (code !== undefined) return { kind: 'code', text: code };
  if (bold !== undefined) return { kind: 'bold', text: readInline(bold) };
  if (slanted !== undefined) return { kind: 'slanted', text: readInline(slanted) };
  // A link that leads anywhere but to a page of ours, the web or a mailbox is shown as it was written.
  if (label !== undefined && to !== undefined && isSafeLink(to)) return { kind: 'link', to, text: readInline(label) };
  return { kind: 'plain', text: whole };
}

/** A path of our own (one slash: `//host` is another's), `https:`, `mailto:`. Stops `javascript:` and everything unknown. */
export function isSafeLink(to: string): boolean {
  return /^(?:\/(?![/\\])|https:\/\/[\w.-]|mailto:[\w.+-]+@|#[\w-]+$)/.test(to);
}

function joined(parts: Inline[]): Inline[] {
  const done: Inline[] = [];
  for (const part of parts) {
    const last = done.at(-1);
    if (part.kind !== 'plain') done.push(part);
    else if (last?.kind === 'plain') last.text += part.text;
    else if (part.text !== '') done.push({ ...part });
  }
  return done;
}

function oneLine(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}
