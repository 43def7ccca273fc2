import type { Refusal } from '#core/refusal.ts';
import type { OriginName } from '#src/help/about.ts';
import { type Key, speak, type Words } from '#words/index.ts';
import { EXAMPLE_NOW } from '../page.ts';

/** What a page is called, for whoever looks after the help: its heading, where it has one without names in it. */
const PLACES: Record<OriginName, Key> = {
  'sign-in': 'sign-in.heading',
  verify: 'sign-in.second-step-heading',
  'other-ways': 'sign-in.another-way',
  prompt: 'sign-in.prompt-heading',
  forgot: 'sign-in.forgot-heading',
  'choose-password': 'sign-in.choose-password-heading',
  'enrol-guard': 'enrol.guard-heading',
  'enrol-choose': 'enrol.choose-heading',
  'enrol-scan': 'enrol.scan-heading',
  'enrol-prove': 'enrol.prove-heading',
  'enrol-ceremony': 'passkey.make-heading',
  'enrol-card': 'enrol.code-card-heading',
  'check-up': 'account.check-up-heading',
  'enrol-pair': 'approval.pair-heading',
  'enrol-test': 'approval.test-heading',
  'enrol-sms': 'enrol.sms-heading',
  'enrol-keep': 'enrol.keep-heading',
  account: 'account.heading',
  'ask-again': 'account.ask-again-heading',
  'account-passkey': 'passkey.add-heading',
  'account-password': 'account.password-heading',
  'account-rename': 'account.rename-heading',
  'account-remove': 'account.heading',
  phone: 'sign-in.phone-heading',
  'recovery-ask': 'recovery.heading',
  'recovery-asked': 'recovery.asked-heading',
  'recovery-request': 'recovery.request-heading',
  'recovery-question': 'recovery.mailbox-heading',
  'recovery-pass': 'recovery.pass-heading',
  vouch: 'recovery.vouch-heading',
  desk: 'desk.heading',
  'desk-case': 'desk.requests',
  'desk-closed': 'desk.closed',
  'desk-vouchers': 'desk.vouchers',
  admin: 'admin.where',
  'admin-needs-two-steps': 'admin.needs-heading',
  'admin-people': 'admin.people',
  'admin-groups': 'admin.people',
  'admin-applications': 'admin.applications',
  'admin-add': 'admin.add',
  'admin-application': 'admin.applications',
  'admin-change': 'admin.applications',
  'admin-remove': 'admin.applications',
  'admin-secret': 'admin.applications',
  'admin-try-out': 'admin.applications',
  'admin-tokens': 'admin.tokens',
  'admin-token-made': 'admin.token-heading',
  'admin-help': 'admin.help',
  'admin-help-article': 'admin.help-articles',
  'admin-help-links': 'admin.help-links',
  'admin-help-remove': 'admin.help-articles',
  'admin-help-report': 'admin.help-stuck',
};

export function placeName(page: OriginName, { t }: Words): string {
  return t(PLACES[page]);
}

/** What a refusal says first, without what it said to one person, which nobody kept. What to do stands in the article. */
export function refusalInGeneral(refusal: Refusal, { lang }: Pick<Words, 'lang'>): string {
  const sentence = speak(lang).refusal({ refusal, detail: { quoted: '…' } }, EXAMPLE_NOW);
  const [first = sentence] = /^.*?[.?!](?= |$)/.exec(sentence) ?? [];
  return first.replaceAll(/\{\{\w+\}\}/g, '…');
}
