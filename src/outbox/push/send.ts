import webPush from 'web-push';
import { postTo } from '#http/outgoing.ts';
import type { PushTransport, Sent } from '../transport.ts';
import type { PushServices } from './services.ts';

/** A push service that is slower is of no use to somebody who waits. */
export const PUSH_TIMEOUT_MS = 5000;

/**
 * Web Push: encrypted for the phone alone (RFC 8291), signed with the server's key (RFC 8292), sent by ourselves
 * (RFC 8030) along the guard of `services`. `publicUrl`: whom the service's people can turn to.
 */
export function pushFrom(
  services: PushServices,
  { publicUrl, timeoutMs = PUSH_TIMEOUT_MS }: { publicUrl: URL; timeoutMs?: number },
): PushTransport {
  const subject = publicUrl.protocol === 'https:' ? publicUrl.origin : `mailto:nachtslot@${publicUrl.hostname}`;
  return {
    accepts: services.accepts,
    async send({ address: { endpoint, p256dh, auth }, vapid, text, ttlSeconds, topic }) {
      try {
        const reached = await services.reach(endpoint);
        if (!reached) return no('for-good', 'address-not-allowed');
        const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
          vapidDetails: { subject, ...vapid },
          TTL: ttlSeconds,
          urgency: 'high',
          topic,
        });
        const sent = { headers: textsOf(headers), body: body ?? '', patienceMs: timeoutMs };
        return judge(await postTo(reached.target, reached.address, sent));
      } catch (error) {
        // Told twice is told once: the newer notification takes the place of the older.
        return no('for-now', codeOf(error));
      }
    },
  };
}

/** RFC 8030 §5 and §7.3: 404 and 410 say that the subscription is no more. */
function judge(status: number): Sent {
  if (status >= 200 && status < 300) return { ok: true, reference: '' };
  if (status === 404 || status === 410) return { ...no('for-good', `HTTP ${status}`), gone: true };
  return no(status === 429 || status >= 500 ? 'for-now' : 'for-good', `HTTP ${status}`);
}

function no(failure: 'for-good' | 'for-now', error: string): Sent & { ok: false } {
  return { ok: false, failure, error: `push: ${error}` };
}

/** A word, never a sentence: that would quote the address. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

function textsOf(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
