import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { MailTransport, Sent } from './transport.ts';

/** For each of: name look-up, connection, greeting, silence. */
const STEP_TIMEOUT_MS = 10_000;
/** For all of it: a server that dribbles its answers is never silent. */
const WHOLE_TIMEOUT_MS = 20_000;
/** As many connections as messages are sent at once. */
export const MAIL_CONNECTIONS = 5;

/**
 * The way out for mail: `smtp://` or `smtps://`, user and password in the address. `from` is the one sender's address;
 * the name beside it is the organisation's. Throws at start where either is unusable.
 */
export function mailFrom(smtpUrl: string, from: string, stepTimeoutMs = STEP_TIMEOUT_MS): MailTransport {
  const url = URL.parse(smtpUrl);
  if (url?.protocol !== 'smtp:' && url?.protocol !== 'smtps:') {
    throw new Error('NACHTSLOT_SMTP_URL must be an address like smtps://user:password@mail.example');
  }
  const address = /^[^<>@\s]+@([^<>@\s]+)$/.exec(/<([^>]*)>\s*$/.exec(from)?.[1] ?? from.trim());
  if (!address) throw new Error('NACHTSLOT_MAIL_FROM must be a mail address');
  const [sender, domain = ''] = address;
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);

  const pool = createTransport({
    pool: true,
    url: smtpUrl,
    maxConnections: MAIL_CONNECTIONS,
    // A message whose connection breaks is the outbox's to send again, which knows what must not arrive twice.
    maxRequeues: 0,
    idleTimeout: 20_000,
    dnsTimeout: stepTimeoutMs,
    connectionTimeout: stepTimeoutMs,
    greetingTimeout: stepTimeoutMs,
    socketTimeout: stepTimeoutMs,
    // A password is not sent in the clear over a network, whatever a box in between strips from the greeting.
    requireTLS: url.protocol === 'smtp:' && url.username !== '' && !isLocal,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // An error of an idle connection; a message in flight gets its own.
  pool.on('error', () => {});

  return {
    async send(mail) {
      if (!isOneAddress(mail.to)) return { ok: false, failure: 'for-good', error: 'smtp: not a mail address' };
      try {
        const { messageId } = await pool.sendMail({
          envelope: { from: sender, to: [mail.to] },
          from: { name: mail.fromName, address: sender },
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          attachments: mail.attachments.map(({ name, type, content }) => ({
            filename: name,
            contentType: type,
            content,
          })),
          messageId: `<${named(mail.idempotencyKey)}@${domain}>`,
          // No out-of-office answers to a machine (RFC 3834 §5).
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(WHOLE_TIMEOUT_MS),
        });
        return { ok: true, reference: messageId };
      } catch (error) {
        return judged(error);
      }
    },
    close: () => pool.close(),
  };
}

/** The same for every try of one message: mail programs that know it show the message once. */
function named(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32);
}

/** One recipient and no line break: an address is also part of a command. */
function isOneAddress(to: string): boolean {
  return /^[^\s<>,;:()"\\\p{Cc}]+@[^\s<>,;:()"\\@\p{Cc}]+$/u.test(to);
}

/** Servers repeat addresses in what they say, so only codes are kept. */
function judged(error: unknown): Sent {
  const { code = 'unknown', command = '', responseCode, originalCode } = parts(error);
  const shown = `smtp: ${[originalCode ?? code, command, responseCode].filter(Boolean).join(' ')}`;
  return { ok: false, failure: failureOf(code, command, responseCode, originalCode), error: shown };
}

function failureOf(code: string, command: string, responseCode?: number, originalCode?: string) {
  if (BEFORE_THE_MESSAGE.has(code) || originalCode === 'ECONNREFUSED') return 'for-now';
  if (!responseCode) return 'unsure';
  // A sender or a password that the server dislikes is the operator's to repair; the messages wait for it.
  const isAboutMessage = command === 'RCPT TO' || command === 'DATA';
  return responseCode >= 500 && isAboutMessage ? 'for-good' : 'for-now';
}

const BEFORE_THE_MESSAGE = new Set(['EDNS', 'ETLS']);

type Parts = { code?: string; command?: string; responseCode?: number; originalCode?: string };

function parts(error: unknown): Parts {
  if (!(error instanceof Error)) return {};
  const part = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string) => (typeof part(name) === 'string' ? String(part(name)) : undefined);
  const responseCode = part('responseCode');
  return {
    code: text('code'),
    command: text('command'),
    originalCode: text('originalCode'),
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
  };
}
