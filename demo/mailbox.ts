import type { MailTransport, Sent, SmsTransport } from '#outbox/transport.ts';
import { normaliseAddress } from '#store/store.ts';

export type Message = {
  channel: 'mail' | 'sms';
  to: string;
  at: Temporal.Instant;
  /** Empty for a text message. */
  subject: string;
  text: string;
  links: readonly string[];
};

export type Mailbox = {
  mail: MailTransport;
  sms: SmsTransport;
  /** Newest first; of one address or number, or everybody's. */
  messages(to?: string | null): readonly Message[];
};

/** A demonstration that runs for weeks must not grow for weeks. */
const KEPT = 1000;

/** Where everything that is sent ends up: in memory, for everybody to read. */
export function createMailbox(now: () => Temporal.Instant): Mailbox {
  const kept: Message[] = [];
  const keep = (message: Omit<Message, 'at' | 'links'>): Sent => {
    kept.unshift({ ...message, at: now(), links: linksIn(message.text) });
    kept.length = Math.min(kept.length, KEPT);
    return { ok: true, reference: '' };
  };
  return {
    mail: { send: async ({ channel, to, subject, text }) => keep({ channel, to, subject, text }) },
    sms: { send: async ({ channel, to, text }) => keep({ channel, to, subject: '', text }) },
    messages: (to) => (to ? kept.filter((one) => nameOf(one.to) === nameOf(to)) : kept),
  };
}

/** A `+` in a query means a blank unless it was written as %2B, and nobody does: both mean the same here. */
function nameOf(to: string): string {
  return to.includes('@') ? normaliseAddress(to.trim().replaceAll(' ', '+')) : to.replaceAll(/\D/g, '');
}

/** Every address in a text, in order, each once. */
function linksIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"]+/g) ?? [];
  return [...new Set(found.map((link) => link.replace(/[.,;:!?)]+$/, '')))];
}
