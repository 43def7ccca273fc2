import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../assurance.ts';
import { deadEnds, type Step, walk } from '../walk.ts';
import { key, PROOFS, signIns } from './everything.ts';
import type { Decision, Demand, SignIn, SignInEffect, SignInEvent, SignInWorld } from './state.ts';

type SignInStep = Step<SignIn, SignInEvent, SignInWorld, Decision<SignIn, SignInEffect>>;

// The rules, written a second time and in another way than in `decide.ts`.

/** What may happen where. Everything else has to leave the attempt as it was. */
const LISTED: Record<SignIn['at'], SignInEvent['type'][]> = {
  identifying: ['proved'],
  verifying: ['proved', 'disproved', 'limited'],
  inviting: ['deferred', 'accepted'],
  'asking-about-phone': ['told-about-phone'],
  enrolling: ['enrolled', 'reconsidered'],
  complete: [],
  refused: [],
};

function isTwoSteps(evidence: readonly Evidence[], world: SignInWorld): boolean {
  const has = (type: string) => evidence.some((one) => one.type === type);
  const held =
    has('totp') ||
    has('backup-code') ||
    has('code-card') ||
    has('passkey') ||
    (has('sms') && world.restrictedIsSecondStep) ||
    evidence.some((one) => one.type === 'app' && (!one.comfort || world.comfortApprovalIsSecondStep));
  return unlocked(evidence) || (has('password') && held);
}

/** A passkey that checked its owner: both factors at once. */
function unlocked(evidence: readonly Evidence[]): boolean {
  return evidence.some((one) => one === PROOFS.passkey);
}

/** What somebody has to show before any session begins. */
function isEnough(evidence: readonly Evidence[], demand: Demand, inWorld: SignInWorld): boolean {
  const world = demand.withoutText ? { ...inWorld, restrictedIsSecondStep: false } : inWorld;
  const types = evidence.map(({ type }) => type);
  if (demand.level === 'aal2-phr') return types.includes('passkey') && isTwoSteps(evidence, world);
  const skipsCode = world.enrolment === 'enrolled' && world.deviceRemembered && demand.entrance === 'sign-in';
  const needsTwo = demand.level === 'aal2' || (world.enrolment !== 'none' && !skipsCode);
  return needsTwo ? isTwoSteps(evidence, world) : types.includes('password') || isTwoSteps(evidence, world);
}

type Rule = { says: string; breaks(step: SignInStep): boolean };

const sessionsOf = ({ decided }: SignInStep) => decided.effects.filter((effect) => effect.do === 'open-session');
const does = ({ decided }: SignInStep, effect: SignInEffect['do']) => decided.effects.some((one) => one.do === effect);
const demandOf = (state: SignIn) => ('demand' in state ? state.demand : null);

const isRecovery = (state: SignIn) => state.at === 'enrolling' && state.because === 'recovered';

const RULES: Rule[] = [
  {
    says: 'out of the wizard of a recovery nothing leads: it opens no session, and no other step',
    breaks: ({ from, decided, world }) =>
      isRecovery(from) &&
      world.accountActive &&
      (decided.state !== from || decided.effects.some(({ do: it }) => it !== 'audit')),
  },
  {
    says: 'nobody is asked about a phone that they never had, nor on a way in that says nothing about it',
    breaks: ({ from, world, decided: { state } }) => {
      if (state.at !== 'asking-about-phone' || state === from) return false;
      const last = state.evidence.at(-1)?.type;
      const isEveryday = last === 'code-card' && state.demand.entrance === 'sign-in';
      return !world.hasPhone || last === 'totp' || last === 'passkey' || isEveryday;
    },
  },
  {
    says: 'no session opens below what the person, the place and the device ask for',
    breaks: (step) =>
      sessionsOf(step).some((session) => {
        const demand = demandOf(step.from);
        return !demand || !isEnough(session.evidence, demand, step.world);
      }),
  },
  {
    says: 'a session begins exactly when a sign-in is complete: once, and never before',
    breaks: (step) =>
      sessionsOf(step).length !== (step.decided.state.at === 'complete' && step.from.at !== 'complete' ? 1 : 0),
  },
  {
    says: 'a session never says that it is stronger than what was shown',
    breaks: (step) =>
      sessionsOf(step).some(
        ({ level, evidence }) =>
          (level === 'aal2' && !isTwoSteps(evidence, step.world)) ||
          (level === 'aal2-phr' &&
            !(evidence.some(({ type }) => type === 'passkey') && isTwoSteps(evidence, step.world))) ||
          level === 'none',
      ),
  },
  {
    says: 'a session on the strength of a remembered device says so, and is of the first level',
    breaks: (step) =>
      sessionsOf(step).some(
        ({ viaRememberedDevice, level }) => viaRememberedDevice !== (step.world.deviceRemembered && level === 'aal1'),
      ),
  },
  {
    says: 'whose deadline has passed gets in with two steps only, at every entrance',
    breaks: (step) =>
      step.decided.state.at === 'complete' &&
      step.from.at !== 'complete' &&
      step.world.enrolment === 'none' &&
      step.world.duty.kind === 'required' &&
      !sessionsOf(step).every(({ evidence }) => isTwoSteps(evidence, step.world)),
  },
  {
    says: 'after the deadline the first wizard is the required one, which has the guard before it',
    breaks: (step) =>
      step.world.enrolment === 'none' &&
      step.world.duty.kind === 'required' &&
      step.decided.effects.some((effect) => effect.do === 'start-enrolment' && effect.because !== 'required'),
  },
  {
    says: 'an account whose second step was left half-way is not opened before it is whole',
    breaks: (step) => does(step, 'open-session') && step.world.enrolment.startsWith('without-'),
  },
  {
    says: 'the wizard opens for somebody with a second step only after two steps',
    breaks: (step) => {
      const { state } = step.decided;
      return (
        does(step, 'start-enrolment') &&
        step.world.enrolment !== 'none' &&
        !(state.at === 'enrolling' && isTwoSteps(state.evidence, step.world))
      );
    },
  },
  {
    says: 'the wizard opens after the password at least',
    breaks: (step) => {
      const { state } = step.decided;
      const shown = state.at === 'enrolling' ? state.evidence : [PROOFS.password];
      return !shown.some(({ type }) => type === 'password') && !unlocked(shown);
    },
  },
  {
    says: 'a passkey that did not check its owner begins nothing',
    breaks: ({ from, event, world, decided }) =>
      from.at === 'identifying' &&
      world.accountActive &&
      event.type === 'proved' &&
      event.evidence === PROOFS.passkeyTouched &&
      (decided.state.at !== 'refused' || decided.effects.some((effect) => effect.do !== 'audit')),
  },
  {
    says: 'a passkey that checked its owner is enough by itself, wherever two steps are',
    breaks: ({ from, event, world, decided }) =>
      (from.at === 'identifying' || from.at === 'verifying') &&
      world.accountActive &&
      world.enrolment === 'enrolled' &&
      event.type === 'proved' &&
      event.evidence === PROOFS.passkey &&
      decided.state.at !== (from.demand.course ? 'enrolling' : 'complete'),
  },
  {
    says: '"later" is recorded when it was chosen on the page that offers it, and was allowed; then the person is in',
    breaks: (step) =>
      does(step, 'record-deferral') &&
      !(
        step.event.type === 'deferred' &&
        step.from.at === 'inviting' &&
        step.world.enrolment === 'none' &&
        step.world.duty.kind === 'invited' &&
        step.world.duty.promptDue &&
        step.decided.state.at === 'complete'
      ),
  },
  {
    says: 'nobody is invited whom nobody asks, and nobody where an application or a page asks for more',
    breaks: (step) =>
      step.decided.state.at === 'inviting' &&
      step.decided.state !== step.from &&
      (step.world.duty.kind === 'none' || step.decided.state.demand.level !== 'aal1'),
  },
  {
    says: 'only the wizard that was opened from the invitation leads back to it',
    breaks: ({ from, event, world, decided }) =>
      event.type === 'reconsidered' &&
      world.accountActive &&
      decided.state !== from &&
      !(from.at === 'enrolling' && from.because === 'accepted' && world.enrolment === 'none'),
  },
  {
    says: 'the wizard is over when something is bound and a backup code is kept, and not before',
    breaks: ({ from, event, world, decided }) =>
      event.type === 'enrolled' &&
      world.accountActive &&
      decided.state !== from &&
      !(from.at === 'enrolling' && world.enrolment === 'enrolled'),
  },
  {
    says: 'what is not listed changes nothing, is told to the person, and is audited',
    breaks: ({ from, event, world, decided }) => {
      if (LISTED[from.at].includes(event.type)) return false;
      if (!world.accountActive && from.at !== 'complete' && from.at !== 'refused') return false;
      const only = decided.effects.length === 1 && decided.effects[0]?.do === 'audit';
      return decided.state !== from || !only || decided.refused?.refusal !== 'out-of-order';
    },
  },
  {
    says: 'a disabled account ends every sign-in',
    breaks: ({ from, world, decided }) =>
      !world.accountActive && from.at !== 'complete' && from.at !== 'refused' && decided.state.at !== 'refused',
  },
  {
    says: 'failures add up until the sign-in dies; no other proof wipes them out',
    breaks: ({ from, event, world, decided: { state } }) => {
      if (from.at !== 'verifying' || !world.accountActive) return false;
      const failures = from.failures + (event.type === 'disproved' ? 1 : 0);
      if (failures >= world.attemptFailures) return state.at !== 'refused';
      return state.at === 'verifying' && state.failures !== failures;
    },
  },
  {
    says: 'a device is remembered only when that was asked for and allowed, with two steps just shown',
    breaks: (step) =>
      does(step, 'remember-device') &&
      !(
        step.event.type === 'proved' &&
        step.event.remember &&
        step.world.mayRemember &&
        sessionsOf(step).some(({ evidence }) => isTwoSteps(evidence, step.world))
      ),
  },
  {
    says: 'every refusal is told, and every step that changes something is audited or starts the wizard',
    breaks: ({ from, decided }) =>
      (decided.state.at === 'refused' && decided.refused === null) ||
      (decided.state !== from &&
        !decided.effects.some(({ do: what }) => what === 'audit' || what === 'start-enrolment') &&
        decided.state.at !== 'inviting' &&
        decided.state.at !== 'verifying'),
  },
];

const broken = new Map<Rule, string>();
const reached = new Set<string>();
let steps = 0;
for (const step of walk(signIns())) {
  steps++;
  reached.add(step.toKey);
  for (const rule of RULES) if (!broken.has(rule) && rule.breaks(step)) broken.set(rule, describe(step));
}

for (const rule of RULES) {
  test(`in every sign-in: ${rule.says}`, () => {
    assert.equal(broken.get(rule), undefined);
  });
}

test('the walk has been everywhere', () => {
  const places = new Set([...reached].map((one) => one.split(' ')[0]));
  assert.deepEqual(places, new Set(Object.keys(LISTED)));
  assert.ok(steps > 100_000, `${steps} steps`);
});

/** Neither smartphone nor mobile number: a password, codes on paper, and the wizard on a computer. */
function isWithoutPhone(event: SignInEvent): boolean {
  if (event.type === 'proved') return [PROOFS.password, PROOFS.backupCode, PROOFS.codeCard].includes(event.evidence);
  return true;
}

test('nobody without a smartphone is ever stuck: from everywhere a road leads in, or into the wizard', () => {
  const machine = signIns();
  const demands = machine.starts.flatMap((state) => demandOf(state) ?? []).filter(({ level }) => level !== 'aal2-phr');
  for (const world of machine.worlds.filter(({ accountActive }) => accountActive)) {
    const alone = { ...signIns(demands), worlds: [world], events: machine.events.filter(isWithoutPhone) };
    const stuck = deadEnds(walk(alone), (one) => /^(complete|enrolling|refused)/.test(one));
    assert.deepEqual(stuck, [], JSON.stringify(world));
    // "Refused" is a fresh start; a road without one has to be there from the very beginning.
    const first = deadEnds(walk(alone), (one) => /^(complete|enrolling)/.test(one)).filter((one) => one !== 'refused');
    assert.deepEqual(first, [], JSON.stringify(world));
  }
});

test('out of every wizard a road leads in, once something is bound', () => {
  const machine = signIns();
  const finished = machine.worlds.filter((world) => world.accountActive && world.enrolment === 'enrolled');
  const wizards = new Map<string, SignIn & { at: 'enrolling' }>();
  for (const { decided, toKey } of walk(machine))
    if (decided.state.at === 'enrolling' && decided.state.demand.level !== 'aal2-phr' && !isRecovery(decided.state))
      wizards.set(toKey, decided.state);
  assert.ok(wizards.size > 50, `${wizards.size} wizards`);

  for (const wizard of wizards.values()) {
    for (const world of finished) {
      const { state } = machine.decide(wizard, { type: 'enrolled', evidence: [PROOFS.totp] }, world);
      const shown = [...wizard.evidence, PROOFS.totp];
      assert.equal(state.at, isEnough(shown, wizard.demand, world) ? 'complete' : 'verifying', key(wizard));
    }
  }
});

function describe({ from, event, world, decided }: SignInStep): string {
  const what = event.type === 'proved' ? `proved ${event.evidence.type}` : event.type;
  const { enrolment, duty, deviceRemembered, accountActive } = world;
  const seen = JSON.stringify({ enrolment, duty: duty.kind, deviceRemembered, accountActive });
  return `${key(from)} —${what}→ ${key(decided.state)} in ${seen}: ${JSON.stringify(decided.effects)}`;
}
