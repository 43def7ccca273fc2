import { mailFrom } from '#outbox/mail.ts';
import { pushFrom } from '#outbox/push/send.ts';
import { pushServices } from '#outbox/push/services.ts';
import { smsFrom } from '#outbox/sms/index.ts';
import type { Transports } from '#outbox/transport.ts';
import { type Config, ConfigRefused } from '#src/config.ts';

/** The ways out that are configured. Throws at start where one is unusable, not at the first code somebody waits for. */
export function transportsFrom(config: Config, now: () => Temporal.Instant): Transports {
  const { smtpUrl, mailFrom: sender, sms, publicUrl } = config;
  return refusing(() => ({
    mail: smtpUrl && sender ? mailFrom(smtpUrl.reveal(), sender) : null,
    sms: sms ? smsFrom(sms.reveal(), { clock: () => now().epochMilliseconds }) : null,
    push: sendsPush(config) ? pushFrom(pushServices(config.pushServices), { publicUrl }) : null,
  }));
}

/** Notifications need nothing of the operator but the word to leave them out. */
export function sendsPush({ pushServices: named }: Pick<Config, 'pushServices'>): boolean {
  return !(named.length === 1 && named[0] === 'none');
}

function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (fault) {
    throw new ConfigRefused([`${fault instanceof Error ? fault.message : 'A way out cannot be used'}.`]);
  }
}
