/**
 * State as JSON text. Instants survive as `{"$instant": "…"}`. Throws on what would be lost in silence: a secret (which
 * would be kept as `[secret]`), `undefined` in a list, NaN.
 */
export function encode(value: unknown): string {
  return JSON.stringify(marked(value));
}

/** The reverse of {@link encode}. */
export function decode(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('$instant') ? unmarked(value) : value;
}

/**
 * JSON with keys in order and nothing between: the same value always gives the same text, so that a hash over it can be
 * checked later (after RFC 8785, for flat records of texts, numbers, booleans and null).
 */
export function canonical(record: Record<string, string | number | boolean | null>): string {
  const pairs = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(record[key])}`);
  return `{${pairs.join(',')}}`;
}

function marked(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof Temporal.Instant) return { $instant: value.toString() };
  if (Array.isArray(value)) return value.map(marked);
  if (isPlain(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => [key, marked(one)]),
    );
  throw new TypeError(`Not a value that can be kept as JSON: ${Object.prototype.toString.call(value)}`);
}

/** In place, for what was parsed is ours alone. Quicker than a reviver, which is asked about every text and number. */
function unmarked(value: unknown): unknown {
  if (isMark(value)) return Temporal.Instant.from(value.$instant);
  if (Array.isArray(value)) return value.map(unmarked);
  if (isRecord(value)) for (const name of Object.keys(value)) value[name] = unmarked(value[name]);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isMark(value: unknown): value is { $instant: string } {
  return typeof value === 'object' && value !== null && '$instant' in value && typeof value.$instant === 'string';
}
