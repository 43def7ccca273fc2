import type { Because } from '#core/campaign/duty.ts';
import { EXAMPLE_NOW as NOW } from '../page.ts';
import type { AccountView, BoundView } from './view.ts';

const hoursAgo = (hours: number) => NOW.subtract({ hours });
const daysAgo = (days: number) => hoursAgo(days * 24);

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';

const because: Because = {
  reason: 'campaign',
  organisation: 'bakkerij',
  organisationName: 'Bakkerij van Dam',
  campaign: 'summer',
  since: daysAgo(106),
};

function bound(one: Partial<BoundView> & Pick<BoundView, 'id' | 'type'>): BoundView {
  const isMain = one.type !== 'sms' && one.type !== 'backup-code';
  const empty = { label: '', hint: '', boundAt: daysAgo(94), lastUsedAt: null, disabled: false, needed: false };
  return { ...empty, passkey: null, card: null, main: isMain, ...one };
}

const phone = bound({ id: 'a1', type: 'totp', label: 'Bakkerij van Dam, Mar 2026', lastUsedAt: hoursAgo(2) });
const work = bound({
  id: 'p1',
  type: 'passkey',
  label: 'iCloud Keychain',
  lastUsedAt: hoursAgo(1),
  passkey: { make: 'iCloud Keychain', synced: true, flaggedAt: null },
});
const key = bound({
  id: 'p2',
  type: 'passkey',
  label: 'Keyring',
  passkey: { make: 'YubiKey 5 NFC', synced: false, flaggedAt: null },
});
const copied = bound({
  id: 'p3',
  type: 'passkey',
  label: '',
  lastUsedAt: daysAgo(3),
  passkey: { make: null, synced: false, flaggedAt: daysAgo(2) },
});
const text = bound({ id: 'a2', type: 'sms', hint: '123' });
const code = bound({ id: 'a3', type: 'backup-code', hint: 'K7QM' });

const card = bound({
  id: 'a4',
  type: 'code-card',
  label: 'Bakkerij van Dam, Mar 2026',
  hint: '20',
  lastUsedAt: daysAgo(3),
  card: { next: 18, left: 3, of: 20, isLow: true },
});

const enrolled: AccountView = {
  now: NOW,
  address: 'grace@bakkerij.example',
  enrolment: 'enrolled',
  asked: null,
  passwordSince: daysAgo(410),
  authenticators: [{ ...phone, needed: true }, text, code],
  passkeysOffered: true,
  sessions: [
    { id: 's1', userAgent: WINDOWS, address: '192.0.2.24', createdAt: hoursAgo(2), lastSeenAt: NOW, here: true },
    {
      id: 's2',
      userAgent: IPHONE,
      address: '2001:db8:4f2::9c1',
      createdAt: hoursAgo(11),
      lastSeenAt: NOW.subtract({ minutes: 25 }),
      here: false,
    },
  ],
  devices: [
    { id: 'd1', userAgent: WINDOWS, address: '192.0.2.24', expiresAt: NOW.add({ hours: 20 * 24 }), here: true },
    { id: 'd2', userAgent: ANDROID, address: '198.51.100.7', expiresAt: NOW.add({ hours: 3 * 24 }), here: false },
  ],
  applications: [
    { id: 'payroll', name: 'Payroll', scopes: ['openid', 'profile', 'email'], givenAt: daysAgo(31) },
    { id: 'roster', name: 'Roster', scopes: ['openid', 'groups', 'offline_access'], givenAt: daysAgo(5) },
  ],
  activity: [
    line('sign-in.complete', 2, WINDOWS, { entrance: 'sign-in', level: 'aal2' }),
    line('sign-in.refused', 2.02, WINDOWS, { refusal: 'code-clock-slow' }),
    line('sign-in.complete', 11, IPHONE, { entrance: 'sign-in', level: 'aal1', viaRememberedDevice: true }),
    line('password.wrong', 31, '', {}, '203.0.113.80'),
    ...[3, 5, 9, 14, 20].map((days) =>
      line('sign-in.complete', days * 24 + 1, WINDOWS, { entrance: 'sign-in', level: 'aal2' }),
    ),
    line('account.backup-code-renewed', 94 * 24, WINDOWS),
    line('account.authenticator-added', 94 * 24, WINDOWS, { lastDigits: '123', notice: 'sms-bound' }),
    line('account.authenticator-added', 94 * 24, WINDOWS, { type: 'totp', label: phone.label }),
  ],
  askedFor: false,
  done: null,
  problem: null,
};

const passwordOnly: AccountView = {
  ...enrolled,
  enrolment: 'none',
  authenticators: [],
  passkeysOffered: false,
  devices: [],
  applications: [],
  sessions: enrolled.sessions.slice(0, 1),
  activity: [line('sign-in.complete', 2, WINDOWS, { entrance: 'sign-in', level: 'aal1' })],
};

/** The interesting views of the page; the made-up people are those of the demonstration. */
export const examples: Record<string, AccountView> = {
  enrolled,
  invited: {
    ...passwordOnly,
    asked: {
      duty: {
        kind: 'invited',
        because,
        deadline: Temporal.Instant.from('2026-06-30T22:00:00Z'),
        lastDay: Temporal.PlainDate.from('2026-06-30'),
        timeZone: 'Europe/Amsterdam',
        deferralsLeft: 2,
        promptDue: false,
        returnsAfterSignIns: 3,
        returnsAt: NOW.add({ hours: 7 * 24 }),
        lastChance: false,
      },
      contact: 'personeel@bakkerij.example',
    },
  },
  'nobody-asks': passwordOnly,
  'code-card-low': { ...enrolled, authenticators: [card, code], passkeysOffered: false, activity: [] },
  'without-backup-code': { ...enrolled, enrolment: 'without-backup-code', authenticators: [phone], activity: [] },
  'without-authenticator': {
    ...enrolled,
    enrolment: 'without-authenticator',
    authenticators: [{ ...phone, disabled: true, needed: true }, code],
  },
  passkeys: { ...enrolled, authenticators: [work, key, copied, phone, text, code], done: 'passkey' },
  'password-changed': { ...enrolled, done: 'password' },
  'gone-already': { ...enrolled, problem: { section: 'devices', refused: { refusal: 'not-found' } } },
};

function line(
  event: string,
  hours: number,
  userAgent: string,
  detail: AccountView['activity'][number]['detail'] = {},
  address = '192.0.2.24',
): AccountView['activity'][number] {
  return { at: NOW.subtract({ minutes: Math.round(hours * 60) }), event, detail, address, userAgent };
}
