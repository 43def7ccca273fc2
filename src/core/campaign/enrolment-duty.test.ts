import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaign, day, duty, employer, instant, invited, later, person, required } from './duty.fixture.ts';

test('an employee in the middle of a campaign is invited, and is told whose rule it is and until when', () => {
  const asked = invited(person(), '2026-06-01T08:00:00Z');
  assert.equal(asked.because.reason, 'campaign');
  assert.equal(asked.because.organisationName, 'Bakery');
  assert.equal(asked.because.campaign, 'summer');
  assert.equal(asked.because.since.toString(), '2026-04-30T22:00:00Z');
  assert.equal(asked.lastDay?.toString(), '2026-06-30');
  assert.equal(asked.timeZone, 'Europe/Amsterdam');
  assert.equal(asked.deadline?.toString(), '2026-06-30T22:00:00Z');
  assert.equal(asked.deferralsLeft, 3);
  assert.equal(asked.promptDue, true);
});

test('after the deadline two steps are required, and binding the first one takes a mailed code', () => {
  const asked = required(person(), '2026-07-01T08:00:00Z');
  assert.equal(asked.because.reason, 'deadline-passed');
  assert.equal(asked.guard, 'mailed-code');
});

test('an organisation may do without the guard', () => {
  const lax = employer('Bakery', 'Europe/Amsterdam', [campaign()], { lateEnrolmentGuard: 'none' });
  assert.equal(required(person({ memberships: [lax] }), '2026-07-01T08:00:00Z').guard, null);
});

const nothingAsked: [string, Parameters<typeof person>[0], string][] = [
  [
    'whoever is enrolled',
    { account: { firstSignInAt: null, createdAt: instant('2020-01-01T00:00:00Z'), enrolled: true } },
    'enrolled',
  ],
  ['whoever belongs to no organisation', { memberships: [] }, 'no-campaign'],
  ['an organisation without campaign', { memberships: [employer('Bakery', 'Europe/Amsterdam', [])] }, 'no-campaign'],
  [
    'a draft',
    { memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign({ status: 'draft' })])] },
    'not-started',
  ],
  [
    'a campaign of next month',
    { memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign({ startsOn: day('2026-07-15') })])] },
    'not-started',
  ],
  [
    'a paused campaign, also after its date',
    { memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign({ status: 'paused' })])] },
    'paused',
  ],
  ['an exemption', { exemptions: [{ organisation: 'bakery', until: day('2026-12-31') }] }, 'exempt'],
];

for (const [who, differently, because] of nothingAsked) {
  test(`${who}: nothing is asked`, () => {
    assert.deepEqual(duty(person(differently), '2026-07-02T08:00:00Z'), { kind: 'none', because });
  });
}

test('an exemption ends by itself, at the end of its last day', () => {
  const exempt = person({ exemptions: [{ organisation: 'bakery', until: day('2026-07-10') }] });
  assert.equal(duty(exempt, '2026-07-10T21:59:59Z').kind, 'none');
  assert.equal(duty(exempt, '2026-07-10T22:00:00Z').kind, 'required');
});

test('an exemption at one employer is none at the other', () => {
  const two = person({
    memberships: [
      employer('Bakery', 'Europe/Amsterdam', [campaign()]),
      employer('Mill', 'Europe/Amsterdam', [campaign({ id: 'mill', deadline: day('2026-12-31') })]),
    ],
    exemptions: [{ organisation: 'bakery', until: day('2027-01-31') }],
  });
  assert.equal(invited(two, '2026-07-02T08:00:00Z').because.organisationName, 'Mill');
});

test('a campaign without a date invites for ever, may be put off for ever, and never requires', () => {
  const offered = person({
    memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign({ deadline: null })])],
    deferrals: later('2026-05-02T08:00:00Z', '2026-05-12T08:00:00Z', '2026-05-22T08:00:00Z', '2026-06-02T08:00:00Z'),
  });
  const asked = invited(offered, '2031-01-01T08:00:00Z');
  assert.deepEqual([asked.deadline, asked.lastDay, asked.deferralsLeft], [null, null, null]);
  assert.equal(asked.promptDue, true);
  assert.equal(asked.lastChance, false);
});

const bakeryAndMill = (overrides: Record<string, unknown> = {}) => [
  employer('Mill', 'Europe/Amsterdam', [campaign({ id: 'mill', deadline: day('2026-08-31') })], overrides),
  employer('Bakery', 'Europe/Amsterdam', [campaign()]),
];

test('of two employers the one with the earlier date is named, before and after it', () => {
  const two = person({ memberships: bakeryAndMill() });
  assert.equal(invited(two, '2026-06-01T08:00:00Z').because.organisationName, 'Bakery');
  assert.equal(required(two, '2026-07-01T08:00:00Z').because.organisationName, 'Bakery');
});

test('two employers: "later" is one choice, counted by both, and the stricter number of them holds', () => {
  const strict = person({
    memberships: bakeryAndMill({ deferralsAllowed: 1, deferralReturnsAfter: 'P2D' }),
    deferrals: later('2026-06-01T08:00:00Z'),
  });
  const quiet = invited(strict, '2026-06-02T08:00:00Z');
  assert.deepEqual([quiet.promptDue, quiet.deferralsLeft], [false, 0]);
  assert.equal(quiet.returnsAt.toString(), '2026-06-03T08:00:00Z');
  const asked = required(strict, '2026-06-03T08:00:00Z');
  assert.deepEqual([asked.because.reason, asked.because.organisationName], ['deferrals-spent', 'Mill']);
  assert.equal(asked.guard, null, 'nothing is late yet');
});

test('a "later" from before the second employer asked is none to them', () => {
  const two = person({
    memberships: [
      employer('Bakery', 'Europe/Amsterdam', [campaign()]),
      employer('Mill', 'Europe/Amsterdam', [
        campaign({ id: 'mill', startsOn: day('2026-06-10'), deadline: day('2026-06-20') }),
      ]),
    ],
    deferrals: later('2026-05-01T08:00:00Z', '2026-05-10T08:00:00Z'),
  });
  assert.equal(invited(two, '2026-06-11T08:00:00Z').deferralsLeft, 1, 'the bakery still counts its own two');
  const millOnly = person({ ...two, memberships: two.memberships.slice(1) });
  assert.equal(invited(millOnly, '2026-06-11T08:00:00Z').deferralsLeft, 3);
});

test('whoever said "later" yesterday is left in peace by an employer who begins today', () => {
  const mill = employer('Mill', 'Europe/Amsterdam', [campaign({ id: 'mill', startsOn: day('2026-06-10') })]);
  const bakery = employer('Bakery', 'Europe/Amsterdam', [campaign()]);
  const deferrals = later('2026-06-09T08:00:00Z');
  for (const memberships of [[mill], [mill, bakery]]) {
    const one = person({ memberships, deferrals });
    assert.equal(invited(one, '2026-06-10T08:00:00Z').promptDue, false);
    assert.equal(invited(one, '2026-06-16T08:00:00Z').promptDue, true);
  }
});

test('of two passed dates the guard of either holds', () => {
  const two = person({
    memberships: [
      employer('Bakery', 'Europe/Amsterdam', [campaign()], { lateEnrolmentGuard: 'none' }),
      employer('Mill', 'Europe/Amsterdam', [campaign({ id: 'mill', deadline: day('2026-07-31') })]),
    ],
  });
  assert.equal(required(two, '2026-07-15T08:00:00Z').guard, null);
  assert.equal(required(two, '2026-08-15T08:00:00Z').guard, 'mailed-code');
});

test('an extension moves the date of one person', () => {
  const extended = person({ extensions: [{ campaign: 'summer', until: day('2026-07-20') }] });
  assert.equal(invited(extended, '2026-07-15T08:00:00Z').lastDay?.toString(), '2026-07-20');
  assert.equal(required(extended, '2026-07-20T22:00:00Z').lastDay.toString(), '2026-07-20');
  const elsewhere = person({ extensions: [{ campaign: 'another', until: day('2026-07-20') }] });
  assert.equal(duty(elsewhere, '2026-07-15T08:00:00Z').kind, 'required');
});

test('an extension that ends before the date takes nothing away', () => {
  const extended = person({ extensions: [{ campaign: 'summer', until: day('2026-06-01') }] });
  assert.equal(invited(extended, '2026-06-15T08:00:00Z').lastDay?.toString(), '2026-06-30');
});
