/** The largest body that is read (64 KiB): no form of ours comes near. */
export const BODY_LIMIT_BYTES = 64 * 1024;

export type Form = {
  /** The value of a field, or the empty string when it was not sent. */
  get(name: string): string;
  has(name: string): boolean;
  names(): string[];
};

export type FormResult =
  | { ok: true; form: Form }
  | { ok: false; status: 400 | 413 | 415; refusal: 'input-malformed' | 'too-large' };

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL §5.1) and nothing else. Never throws for what a stranger can
 * send. One value per name: with two, two readers could see different ones.
 */
export async function readForm(request: Request): Promise<FormResult> {
  if (!isForm(request.headers.get('content-type'))) return { ok: false, status: 415, refusal: 'input-malformed' };
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > BODY_LIMIT_BYTES) return tooLarge();
  const bytes = await upTo(BODY_LIMIT_BYTES, request.body);
  if (bytes === 'too-large') return tooLarge();
  if (bytes === 'broken') return malformed();
  return parse(bytes);
}

function isForm(contentType: string | null): boolean {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
  return type.trim() === 'application/x-www-form-urlencoded' && (!charset || /^charset="?utf-?8"?$/.test(charset));
}

/** The body, or what is wrong with it; no more is read than is allowed. */
export async function upTo(
  limit: number,
  body: ReadableStream<Uint8Array> | null,
): Promise<Uint8Array | 'too-large' | 'broken'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > limit) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'broken'; // the sender went away in the middle
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Uint8Array): FormResult {
  const fields = new Map<string, string>(); // a Map: `__proto__` is a name like any other
  for (const pair of Buffer.from(bytes).toString('latin1').split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    const value = decode(cut < 0 ? '' : pair.slice(cut + 1));
    if (name === null || value === null || fields.has(name)) return malformed();
    fields.set(name, value);
  }
  return {
    ok: true,
    form: {
      get: (name) => fields.get(name) ?? '',
      has: (name) => fields.has(name),
      names: () => [...fields.keys()],
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Percent-decodes to text, strictly. `URLSearchParams` would turn bad bytes into U+FFFD, and two different passwords
 * into the same one. NUL ends strings in other people's programs; lone surrogates are not valid UTF-8 and fail here.
 */
function decode(text: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  const raw = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  try {
    const decoded = utf8.decode(Buffer.from(raw, 'latin1'));
    return decoded.includes('\0') ? null : decoded;
  } catch {
    return null;
  }
}

function malformed(): FormResult {
  return { ok: false, status: 400, refusal: 'input-malformed' };
}

function tooLarge(): FormResult {
  return { ok: false, status: 413, refusal: 'too-large' };
}
