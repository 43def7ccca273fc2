import type { AuditEntry } from '#store/rows.ts';
import type { Words } from '#words/index.ts';
import { nameOf } from './authenticator-name.ts';

type Line = Pick<AuditEntry, 'event' | 'detail'>;
type Said = (detail: AuditEntry['detail'], words: Words) => string;

/** Whether a line of the audit means something to the person it is about. */
export function isShown({ event }: Line): boolean {
  return sayings.has(event);
}

/** A line of the audit in plain words; null for what has none. */
export function activityLine({ event, detail }: Line, words: Words): string | null {
  return sayings.get(event)?.(detail, words) ?? null;
}

// A Map, not an object: the audit is read back from a disk, and no event name may find `constructor`.
const sayings = new Map<string, Said>([
  ['sign-in.complete', signedIn],
  ['sign-in.deferred', (_, { t }) => t('account.act-deferred')],
  ['sign-in.refused', refused],
  ['sign-in.limited', (_, { t }) => t('account.act-limited')],
  ['password.wrong', (_, { t }) => t('account.act-wrong-password')],
  ['passkey.refused', (_, { t }) => t('account.act-passkey-refused')],
  ['passkey.copied', (_, { t }) => t('account.act-passkey-copied')],
  ['approval.denied', (_, { t }) => t('account.act-approval-denied')],
  ['approval.wrong', (_, { t }) => t('account.act-approval-wrong')],
  ['password.forgotten', (_, { t }) => t('account.act-forgotten')],
  ['account.password-changed', (_, { t }) => t('account.act-password-changed')],
  ['account.password-reset', (_, { t }) => t('account.act-password-reset')],
  ['account.authenticator-added', (detail, words) => withName('account.act-added', detail, words)],
  ['account.authenticator-removed', removed],
  ['account.authenticator-renamed', (_, { t }) => t('account.act-renamed')],
  ['account.backup-code-renewed', (_, { t }) => t('account.act-backup-code')],
  ['account.address-changed', (_, { t }) => t('account.act-address-changed')],
  ['account.recovery-redeemed', (_, { t }) => t('account.act-recovered')],
  ['account.enrolment-forced', (_, { t }) => t('account.act-enrolment-forced')],
  ['account.account-disabled', (_, { t }) => t('account.act-account-disabled')],
  ['account.signed-out-everywhere', (_, { t }) => t('account.act-everywhere')],
  ['session.signed-out', (_, { t }) => t('account.act-signed-out')],
  ['session.ended', (_, { t }) => t('account.act-session-ended')],
  ['device.remembered', (_, { t }) => t('account.act-device-remembered')],
  ['device.forgotten', (_, { t }) => t('account.act-device-forgotten')],
  ['sms.sent', (detail, { t }) => t('account.act-text-sent', { digits: text(detail['lastDigits']) })],
  ['recovery.opened', (_, { t }) => t('account.act-recovery-opened')],
  ['recovery.cancelled', (_, { t }) => t('account.act-recovery-cancelled')],
  ['recovery.vouched', (_, { t }) => t('account.act-recovery-vouched')],
  ['recovery.claimed', (_, { t }) => t('account.act-recovery-claimed')],
  ['recovery.approved', (_, { t }) => t('account.act-recovery-approved')],
  ['recovery.rejected', (_, { t }) => t('account.act-recovery-rejected')],
  ['account.frozen', (_, { t }) => t('account.act-frozen')],
  ['account.thawed', (_, { t }) => t('account.act-thawed')],
  ['voucher.made', (_, { t }) => t('account.act-voucher-made')],
  ['voucher.used', (_, { t }) => t('account.act-voucher-used')],
  ['application.consent-given', (_, { t }) => t('account.act-consent-given')],
  ['application.consent-revoked', (_, { t }) => t('account.act-consent-revoked')],
  ['application.reuse-detected', (_, { t }) => t('account.act-reuse')],
  ['person.groups-changed', (_, { t }) => t('account.act-groups-changed')],
  ['enrolment.guard-passed', (_, { t }) => t('account.act-guard-passed')],
]);

function signedIn(detail: AuditEntry['detail'], { t }: Words): string {
  if (detail['entrance'] === 'step-up') return t('account.act-confirmed');
  if (detail['viaRememberedDevice'] === true) return t('account.act-signed-in-remembered');
  return t(
    text(detail['level']).startsWith('aal2') ? 'account.act-signed-in-two-steps' : 'account.act-signed-in-password',
  );
}

function refused(detail: AuditEntry['detail'], { t }: Words): string {
  if (detail['refusal'] === 'attempt-exhausted') return t('account.act-attempt-ended');
  if (detail['refusal'] === 'passkey-refused') return t('account.act-passkey-refused');
  return t(detail['refusal'] === 'credentials-wrong' ? 'account.act-wrong-password' : 'account.act-wrong-code');
}

/** An authenticator goes when it is removed, and when a new one takes its place; the notice says which. */
function removed(detail: AuditEntry['detail'], words: Words): string {
  const isReplaced = detail['notice'] === 'authenticator-replaced';
  return withName(isReplaced ? 'account.act-replaced' : 'account.act-removed', detail, words);
}

function withName(
  key: 'account.act-added' | 'account.act-replaced' | 'account.act-removed',
  detail: AuditEntry['detail'],
  words: Words,
): string {
  const digits = text(detail['lastDigits']);
  const one = digits
    ? { type: 'sms', label: '', hint: digits }
    : { type: text(detail['type']), label: text(detail['label']), hint: '' };
  return words.t(key, { authenticator: nameOf(one, words) });
}

function text(value: AuditEntry['detail'][string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
