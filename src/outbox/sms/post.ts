import type { Sent } from '../transport.ts';

export type Refused = Extract<Sent, { ok: false }>;
export type Post = (
  url: URL,
  request: { headers: Record<string, string>; body: string },
) => Promise<{ ok: true; body: string } | Refused>;

/** No provider may hold up the outbox for longer, from the connection to the last byte of the answer. */
export const PROVIDER_TIMEOUT_MS = 10_000;

/**
 * A POST to `provider` whose answer is read and judged the same way for all. The words of a provider's error are not
 * kept: they tend to repeat the number or the text.
 */
export function poster(provider: string, timeoutMs: number): Post {
  return async (url, { headers, body }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      const answer = await response.text();
      if (response.ok) return { ok: true, body: answer };
      return refused(judge(response.status), `${provider}: HTTP ${response.status}${providerCode(answer)}`);
    } catch (cause) {
      const code = codeOf(cause);
      return refused(NOT_CONNECTED.has(code) ? 'for-now' : 'unsure', `${provider}: ${code}`);
    }
  };
}

export function refused(failure: Refused['failure'], error: string): Refused {
  return { ok: false, failure, error };
}

/**
 * Busy and unavailable say that nothing was done. The other errors of a server leave it open (a gateway that lost its
 * patience may have passed the message on), and a code must not arrive twice.
 */
function judge(status: number): Refused['failure'] {
  if (status === 429 || status === 503) return 'for-now';
  return status >= 500 ? 'unsure' : 'for-good';
}

/** Errors before a byte of the request was on its way. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}

/** Only a short number or a single word: what a provider calls the error, never its sentence. */
function providerCode(body: string): string {
  const code = /"(?:code|errorCode)":\s*"?([A-Za-z]{1,40}|\d{1,5})\b|<Code>([A-Za-z]{1,40})<\/Code>/.exec(body);
  return code ? `, code ${code[1] ?? code[2]}` : '';
}
