import { createHmac } from 'node:crypto';
import type { SmsTransport } from '../transport.ts';
import { safeEndpoint } from './address.ts';
import type { Post } from './post.ts';

/**
 * `https://host/path#secret=…`: JSON `{ to, text, id }` to an address of the operator's choice, for every provider we
 * do not know. `id` is the same in every try, so the receiver can drop doubles. With a secret in the fragment (which
 * is never sent) the request is signed as in *Standard Webhooks* 1.0: `v1,` and HMAC-SHA-256 of `id.timestamp.body`;
 * a secret written as `whsec_…` is base64.
 */
export function webhook(raw: string, post: Post, now: () => number): SmsTransport['send'] {
  const url = safeEndpoint(raw);
  const secret = keyOf(new URLSearchParams(url.hash.slice(1)).get('secret') ?? '');
  url.hash = '';

  return async ({ to, text, idempotencyKey }) => {
    const body = JSON.stringify({ to, text, id: idempotencyKey });
    const timestamp = String(Math.floor(now() / 1000));
    const headers: Record<string, string> = { 'content-type': 'application/json', 'webhook-id': idempotencyKey };
    if (secret.length > 0) {
      const mac = createHmac('sha256', secret).update(`${idempotencyKey}.${timestamp}.${body}`).digest('base64');
      headers['webhook-timestamp'] = timestamp;
      headers['webhook-signature'] = `v1,${mac}`;
    }
    const answer = await post(url, { headers, body });
    return answer.ok ? { ok: true, reference: idempotencyKey } : answer;
  };
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}
