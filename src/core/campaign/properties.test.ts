import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Duty } from './duty.ts';
import { employer } from './duty.fixture.ts';
import { enrolmentDuty } from './enrolment-duty.ts';
import type { DutyInput } from './input.ts';

const START = Temporal.Instant.from('2026-05-01T00:00:00Z');
const FIRST_DAY = Temporal.PlainDate.from('2026-05-01');
const HOURS = 24 * 120;

const hour = fc.integer({ min: 0, max: HOURS });
const date = fc.integer({ min: 0, max: 120 }).map((days) => FIRST_DAY.add({ days }));
const at = (hours: number) => START.add({ hours });

const policy = fc.record({
  deferralsAllowed: fc.integer({ min: 0, max: 4 }),
  deferralReturnsAfterSignIns: fc.integer({ min: 1, max: 4 }),
  deferralReturnsAfter: fc.integer({ min: 1, max: 14 }).map((days) => `P${days}D`),
  lateJoinerGrace: fc.integer({ min: 0, max: 60 }).map((days) => `P${days}D`),
  lateEnrolmentGuard: fc.constantFrom('none', 'mailed-code'),
});

const membership = fc
  .record({
    timeZone: fc.constantFrom('Europe/Amsterdam', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Beirut'),
    policy,
    campaigns: fc.array(
      fc.record({
        startsOn: date,
        deadline: fc.option(date, { nil: null, freq: 6 }),
        status: fc.constantFrom('running' as const, 'running' as const, 'paused' as const),
      }),
      { maxLength: 2 },
    ),
  })
  .map(
    (one) => (name: string) =>
      employer(
        name,
        one.timeZone,
        one.campaigns.map((campaign, index) => ({ ...campaign, id: `${name}-${index}`, name, createdAt: START })),
        one.policy,
      ),
  );

/** Facts of somebody without a second step, all of them before `now`. */
const someone = fc
  .record({
    members: fc.array(membership, { minLength: 1, maxLength: 3 }),
    now: hour,
    firstSignIn: fc.option(hour, { nil: null }),
    deferrals: fc.array(fc.record({ who: fc.nat(2), campaign: fc.nat(1), back: hour }), { maxLength: 5 }),
    signIns: fc.array(hour, { maxLength: 8 }),
    extensions: fc.array(fc.record({ who: fc.nat(2), until: date }), { maxLength: 1 }),
    exemptions: fc.array(fc.record({ who: fc.nat(2), until: date }), { maxLength: 1 }),
  })
  .map((raw): { input: DutyInput; now: Temporal.Instant } => {
    const past = (hours: number) => at(Math.min(hours, raw.now));
    return {
      now: at(raw.now),
      input: {
        account: {
          firstSignInAt: raw.firstSignIn === null ? null : past(raw.firstSignIn),
          createdAt: START,
          enrolled: false,
        },
        memberships: raw.members.map((make, index) => make(`org${index}`)),
        deferrals: raw.deferrals.map((one) => ({
          organisation: `org${one.who}`,
          campaign: `org${one.who}-${one.campaign}`,
          at: past(one.back),
        })),
        signIns: raw.signIns.map(past).sort((one, other) => Temporal.Instant.compare(other, one)),
        extensions: raw.extensions.map(({ who, until }) => ({ campaign: `org${who}-0`, until })),
        exemptions: raw.exemptions.map(({ who, until }) => ({ organisation: `org${who}`, until })),
      },
    };
  });

const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 300 });

/** How much is asked: nothing, a banner, the prompt with "later", the wizard. */
function weight(duty: Duty): number {
  if (duty.kind === 'none') return 0;
  if (duty.kind === 'required') return 3;
  return duty.promptDue ? 2 : 1;
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0;

test('a duty never weakens as time passes while nothing else happens', () => {
  check(
    fc.property(someone, fc.integer({ min: 1, max: 24 * 60 }), ({ input, now }, hours) => {
      const before = enrolmentDuty(input, now);
      const after = enrolmentDuty(input, now.add({ hours }));
      assert.ok(weight(after) >= weight(before), `${JSON.stringify(before)} → ${JSON.stringify(after)}`);
    }),
  );
});

test('moving every date forward never gives anybody more time', () => {
  check(
    fc.property(someone, fc.integer({ min: 0, max: 60 }), ({ input, now }, days) => {
      const moved = {
        ...input,
        memberships: input.memberships.map((one) => ({
          ...one,
          campaigns: one.campaigns.map((campaign) => ({
            ...campaign,
            deadline: campaign.deadline?.subtract({ days }) ?? null,
          })),
        })),
      };
      const [before, after] = [enrolmentDuty(input, now), enrolmentDuty(moved, now)];
      assert.ok(weight(after) >= weight(before));
      if (before.kind === 'invited' && after.kind === 'invited' && before.deadline)
        assert.ok(after.deadline && !earlier(before.deadline, after.deadline));
    }),
  );
});

test('"later" is on the page only when one is left, and never reaches beyond the deadline', () => {
  check(
    fc.property(someone, ({ input, now }) => {
      const duty = enrolmentDuty(input, now);
      if (duty.kind !== 'invited') return;
      assert.ok(!duty.promptDue || duty.deferralsLeft !== 0);
      assert.ok(duty.returnsAfterSignIns >= 1);
      assert.ok(earlier(now, duty.returnsAt));
      if (duty.deadline) {
        assert.ok(earlier(now, duty.deadline));
        assert.ok(!earlier(duty.deadline, duty.returnsAt));
      }
    }),
  );
});

test('whoever always chooses "later" does so at most as often as the strictest employer with a date allows', () => {
  check(
    fc.property(someone, fc.integer({ min: 1, max: 200 }), ({ input }, everyHours) => {
      const signIns: Temporal.Instant[] = [];
      const chosen: DutyInput['deferrals'][number][] = [];
      const counts = new Map<string, number>();
      for (let hours = 0; hours <= HOURS && signIns.length < 120; hours += everyHours) {
        const now = at(hours);
        const facts = { ...input, deferrals: [...chosen], signIns: [...signIns].reverse() };
        const duty = enrolmentDuty(facts, now);
        if (duty.kind === 'required') break;
        if (duty.kind === 'invited' && duty.promptDue) {
          const { organisation, campaign } = duty.because;
          chosen.push({ organisation, campaign, at: now });
          counts.set(campaign ?? '', (counts.get(campaign ?? '') ?? 0) + 1);
        }
        signIns.push(now);
      }
      for (const { policy: rules, campaigns } of input.memberships)
        for (const { id, deadline } of campaigns)
          if (deadline) assert.ok((counts.get(id) ?? 0) <= rules.deferralsAllowed);
    }),
  );
});

test('a second employer never asks less of anybody', () => {
  check(
    fc.property(someone, ({ input, now }) => {
      const alone = { ...input, memberships: input.memberships.slice(0, 1) };
      assert.ok(weight(enrolmentDuty(input, now)) >= weight(enrolmentDuty(alone, now)));
    }),
  );
});

test('whoever asks is one of those who may, and the guard is there only after a deadline', () => {
  check(
    fc.property(someone, ({ input, now }) => {
      const duty = enrolmentDuty(input, now);
      if (duty.kind === 'none') return;
      const { because } = duty;
      const asker = input.memberships.find(({ organisation }) => organisation.id === because.organisation);
      const campaign = asker?.campaigns.find(({ id }) => id === because.campaign);
      assert.equal(campaign?.status, 'running');
      assert.ok(!earlier(now, because.since));
      if (duty.kind !== 'required') return;
      assert.equal(because.reason === 'deadline-passed', !earlier(now, duty.deadline));
      if (because.reason === 'deferrals-spent') assert.equal(duty.guard, null);
    }),
  );
});

test('without a date nothing is ever required', () => {
  check(
    fc.property(someone, ({ input, now }) => {
      const offers = input.memberships.map((one) => ({
        ...one,
        campaigns: one.campaigns.map((campaign) => ({ ...campaign, deadline: null })),
      }));
      assert.notEqual(enrolmentDuty({ ...input, memberships: offers }, now).kind, 'required');
    }),
  );
});
