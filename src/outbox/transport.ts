import type { PushAddress } from '#store/rows.ts';
import type { VapidKey } from './push/vapid.ts';
import type { RenderedMail, RenderedSms } from './render.ts';

/** What became of one try to send. Errors are for operators: they name no address, no number, no code. */
export type Sent =
  /** `reference`: what the other side calls it; may be empty. */
  | { ok: true; reference: string }
  | {
      ok: false;
      /**
       * `for-good`: the other side said no and will say it again. `for-now`: it certainly was not taken; try later.
       * `unsure`: it may have been taken, for instance when the line broke before the answer.
       */
      failure: 'for-good' | 'for-now' | 'unsure';
      error: string;
      /** There is nobody at that address any more. */
      gone?: boolean;
    };

/** One way out of the house. The demonstration puts its mailbox here. */
export type Transport<Rendered> = {
  send(message: Rendered & { to: string; idempotencyKey: string }): Promise<Sent>;
  close?(): void;
};

export type MailTransport = Transport<RenderedMail>;
export type SmsTransport = Transport<RenderedSms>;

/** A notification for one phone. */
export type RenderedPush = {
  channel: 'push';
  address: PushAddress;
  vapid: VapidKey;
  text: string;
  /** For how long the push service keeps it for a phone that is away. */
  ttlSeconds: number;
  /** At most 32 characters; of two with the same, the newer is delivered. */
  topic: string;
};

export type PushTransport = Transport<RenderedPush> & {
  /** Whether an address that a phone names may be sent to at all. */
  accepts(endpoint: string): boolean;
};

/** Null where nothing is configured: mail and text messages wait, notifications are not offered. */
export type Transports = { mail: MailTransport | null; sms: SmsTransport | null; push: PushTransport | null };
