/** Finds known secrets in any bytes, in every form in which they could have been written there. */
export type Scanner = {
  /** `secret`: text, or bytes. */
  know(name: string, secret: string | Uint8Array): void;
  /** Names of what was found, with the form it was found in. */
  find(bytes: Uint8Array): string[];
  known(): number;
};

/** Shorter needles would be found by chance. */
const SHORTEST = 8;

export function makeScanner(): Scanner {
  const needles = new Map<number, { name: string; needle: Buffer }[]>();
  const starts = new Uint8Array(1 << 16);
  let count = 0;

  const add = (name: string, needle: Buffer) => {
    if (needle.length < SHORTEST) throw new Error(`${name} is too short to be looked for`);
    const head = needle.readUInt32BE(0);
    starts[head >>> 16] = 1;
    needles.set(head, [...(needles.get(head) ?? []), { name, needle }]);
  };

  return {
    know(name, secret) {
      count += 1;
      for (const [form, needle] of formsOf(secret)) add(`${name} as ${form}`, needle);
    },
    find(bytes) {
      const found = new Set<string>();
      const hay = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at + SHORTEST <= hay.length; at++) {
        if (starts[((hay[at] ?? 0) << 8) | (hay[at + 1] ?? 0)] === 0) continue;
        for (const { name, needle } of needles.get(hay.readUInt32BE(at)) ?? []) {
          if (hay.compare(needle, 0, needle.length, at, Math.min(hay.length, at + needle.length)) === 0)
            found.add(name);
        }
      }
      return [...found];
    },
    known: () => count,
  };
}

function formsOf(secret: string | Uint8Array): [string, Buffer][] {
  const bytes = Buffer.from(secret);
  const forms: [string, Buffer][] = [
    ['raw', bytes],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['base32', Buffer.from(base32Of(bytes))],
    ...aligned(bytes, 'base64'),
    ...aligned(bytes, 'base64url'),
  ];
  if (typeof secret === 'string') {
    forms.push(['UTF-16', Buffer.from(secret, 'utf16le')]);
    const escaped = encodeURIComponent(secret);
    if (escaped !== secret) forms.push(['URL', Buffer.from(escaped)]);
    const json = JSON.stringify(secret).slice(1, -1);
    if (json !== secret) forms.push(['JSON', Buffer.from(json)]);
  }
  return forms;
}

/** Base 64 looks different at each of three offsets; the characters that its neighbours colour are left out. */
function aligned(bytes: Buffer, encoding: 'base64' | 'base64url'): [string, Buffer][] {
  return [0, 1, 2].flatMap((offset): [string, Buffer][] => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString(encoding)
      .replace(/=+$/, '');
    const inner = text.slice(offset === 0 ? 0 : offset + 1, -1);
    return inner.length >= SHORTEST ? [[`${encoding} (${offset})`, Buffer.from(inner)]] : [];
  });
}

export function base32Of(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}
