/** Where a page of a list ended. */
export type Cursor = { name: string; id: string };

/** As one word for an address. It says nothing that the page did not, so it is not sealed. */
export function writeCursor({ name, id }: Cursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

export function readCursor(text: string | undefined): Cursor | null | 'malformed' {
  if (text === undefined) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(read) || read.length !== 2) return 'malformed';
    const [name, id]: unknown[] = read;
    return typeof name === 'string' && typeof id === 'string' ? { name, id } : 'malformed';
  } catch {
    return 'malformed';
  }
}
