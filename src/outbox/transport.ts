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
    };

/** One way out of the house. The demonstration puts its mailbox here. */
export type Transport<Rendered> = {
  send(message: Rendered & { to: string; idempotencyKey: string }): Promise<Sent>;
  close?(): void;
};

export type MailTransport = Transport<RenderedMail>;
export type SmsTransport = Transport<RenderedSms>;

/** Null where nothing is configured: the channel's messages wait. */
export type Transports = { mail: MailTransport | null; sms: SmsTransport | null };
