import { mailFrom } from '#outbox/mail.ts';
import { smsFrom } from '#outbox/sms/index.ts';
import type { Transports } from '#outbox/transport.ts';
import { type Config, ConfigRefused } from '#src/config.ts';

/** The ways out that are configured. Throws at start where one is unusable, not at the first code somebody waits for. */
export function transportsFrom({ smtpUrl, mailFrom: sender, sms }: Config, now: () => Temporal.Instant): Transports {
  return refusing(() => ({
    mail: smtpUrl && sender ? mailFrom(smtpUrl.reveal(), sender) : null,
    sms: sms ? smsFrom(sms.reveal(), { clock: () => now().epochMilliseconds }) : null,
  }));
}

function refusing<T>(make: () => T): T {
  try {
    return make();
  } catch (fault) {
    throw new ConfigRefused([`${fault instanceof Error ? fault.message : 'A way out cannot be used'}.`]);
  }
}
