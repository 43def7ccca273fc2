import type { SmsTransport } from '../transport.ts';
import { readProviderAddress } from './address.ts';
import { bird } from './bird.ts';
import { cm } from './cm.ts';
import { PROVIDER_TIMEOUT_MS, poster } from './post.ts';
import type { Provider } from './provider.ts';
import { sns } from './sns.ts';
import { twilio } from './twilio.ts';
import { vonage } from './vonage.ts';
import { webhook } from './webhook.ts';

const PROVIDERS: Record<string, Provider> = { twilio, bird, vonage, cm, sns };

/**
 * The way out for text messages that `NACHTSLOT_SMS` names. Throws at start with a sentence for the operator when the
 * address is incomplete, so that it is not found out by the first person who waits for a code.
 */
export function smsFrom(
  raw: string,
  { timeoutMs = PROVIDER_TIMEOUT_MS, clock }: { timeoutMs?: number; clock: () => number },
): SmsTransport {
  if (/^https?:/.test(raw)) return { send: webhook(raw, poster('webhook', timeoutMs), clock) };
  const address = readProviderAddress(raw);
  const provider = PROVIDERS[address.scheme];
  if (!provider) {
    throw new Error(`NACHTSLOT_SMS must begin with one of: ${Object.keys(PROVIDERS).join(', ')}, https`);
  }
  return { send: provider(address, poster(address.scheme, timeoutMs)) };
}
