import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadEnds, type Step, walk } from '../walk.ts';
import { decide, vouchedByOperator } from './decide.ts';
import { FRIDAY, recoveries, WANTED } from './everything.ts';
import type { Proof, Recovery, RecoveryDecision, RecoveryEvent, RecoveryWorld } from './state.ts';

type RecoveryStep = Step<Recovery, RecoveryEvent, RecoveryWorld, RecoveryDecision>;

// The rules, written a second time and in another way than in `decide.ts`.

const ENDS = ['redeemed', 'rejected', 'cancelled', 'expired'];
const AT_THE_DESK = ['second-proof', 'claimed', 'checked', 'approved', 'waiting', 'ready', 'redeemed'];
const HELD = ['approved', 'waiting', 'ready', 'redeemed'];

const seenBy = (proofs: Proof[]) => new Set(proofs.flatMap((one) => ('by' in one ? one.by : [])));
const kinds = (proofs: Proof[]) => new Set(proofs.map(({ kind }) => kind));

/** Two ways, of which one is not the mailbox, and never the password alone with nothing but time. */
function hasEnough({ facts }: Recovery): boolean {
  return (kinds(facts.proofs).has('mailbox') && kinds(facts.proofs).size >= 2) || seenBy(facts.proofs).size >= 2;
}

type Rule = { says: string; breaks(step: RecoveryStep): boolean };

const to = ({ decided }: RecoveryStep) => decided.state;
const enters = (step: RecoveryStep, at: Recovery['at']) => to(step).at === at && step.from.at !== at;

const RULES: Rule[] = [
  {
    says: 'nothing reaches the desk, or anything after it, with fewer proofs than the policy asks for',
    breaks: (step) => AT_THE_DESK.includes(to(step).at) && !hasEnough(to(step)),
  },
  {
    says: 'nothing is approved of whoever administers, unless two people have seen them',
    breaks: (step) =>
      step.world.inPersonOnly &&
      step.event.type === 'approved' &&
      to(step) !== step.from &&
      to(step).at !== 'expired' &&
      (enters(step, 'approved') || enters(step, 'waiting') || (enters(step, 'ready') && step.from.at === 'approved')) &&
      seenBy(to(step).facts.proofs).size < 2,
  },
  {
    says: 'what is approved was checked, all of it, and nobody said otherwise since',
    breaks: (step) =>
      HELD.includes(to(step).at) &&
      WANTED.some(
        (kind) =>
          !to(step)
            .facts.checks.filter((one) => one.kind === kind)
            .at(-1)?.passed,
      ),
  },
  {
    says: 'two people approve, and never the same one twice',
    breaks: (step) => {
      const state = to(step);
      if (!('approvals' in state)) return false;
      return state.approvals.length !== 2 || new Set(state.approvals.map(({ by }) => by)).size !== 2;
    },
  },
  {
    says: 'both have approved the same, and what was on the record then',
    breaks: (step) => {
      const state = to(step);
      const given = 'approvals' in state ? state.approvals : 'first' in state ? [state.first] : [];
      return given.some(({ digest }) => digest !== 'seen');
    },
  },
  {
    says: 'nobody gets a pass before a day has passed, unless two people have seen them',
    breaks: (step) => {
      const state = to(step);
      if (state.at !== 'ready' && state.at !== 'redeemed') return false;
      const last = 'approvals' in state ? state.approvals.at(-1) : undefined;
      const waited = last ? step.world.now.since(last.at).total('hours') : 0;
      const isFresh = step.from.at === 'waiting' || step.from.at === 'approved';
      return isFresh && seenBy(state.facts.proofs).size < 2 && waited < 24;
    },
  },
  {
    says: 'only what is ready is redeemed',
    breaks: (step) =>
      enters(step, 'redeemed') && (step.event.type !== 'redeemed' || !['ready', 'waiting'].includes(step.from.at)),
  },
  { says: 'what is over stays over', breaks: (step) => ENDS.includes(step.from.at) && to(step) !== step.from },
  {
    says: 'the owner can end it at any moment',
    breaks: (step) =>
      step.event.type === 'cancelled' &&
      !ENDS.includes(step.from.at) &&
      !['cancelled', 'expired'].includes(to(step).at),
  },
  {
    says: 'a refusal changes nothing that time did not change',
    breaks: (step) =>
      step.decided.refused !== null && to(step) !== step.from && !['expired', 'ready'].includes(to(step).at),
  },
  {
    says: 'proofs and checks are never taken away',
    breaks: (step) =>
      to(step).facts.proofs.length < step.from.facts.proofs.length ||
      to(step).facts.checks.length < step.from.facts.checks.length,
  },
];

const steps = [...walk(recoveries())];

for (const { says, breaks } of RULES)
  test(says, () => {
    const broken = steps.find(breaks);
    assert.equal(broken && `${broken.fromKey} --${JSON.stringify(broken.event)}--> ${broken.toKey}`, undefined);
  });

test('the walk goes everywhere', () => {
  const places = new Set(steps.flatMap(({ from, decided }) => [from.at, decided.state.at]));
  assert.deepEqual(
    [...places].sort(),
    [...AT_THE_DESK, 'opened', 'mailbox-confirmed', 'rejected', 'cancelled', 'expired'].sort(),
  );
  assert.ok(steps.length > 10_000, String(steps.length));
});

/**
 * Who can do what, in the lives of people: each must have a road to *redeemed*, or somebody who can walk it for them. The
 * people of the demonstration walk it one by one in `demo/recovery.test.ts`.
 */
type Persona = { can(event: RecoveryEvent): boolean; in?(world: RecoveryWorld): boolean };

const isMember = ({ inPersonOnly }: RecoveryWorld): boolean => !inPersonOnly;

const PERSONAS: Record<string, Persona> = {
  'knows the password, reads mail': { can: ({ type }) => type !== 'vouched' },
  'has forgotten the password, reads mail, is known to one colleague': {
    can: (event) => event.type !== 'password-proved' && (event.type !== 'vouched' || event.by === 'hilda'),
  },
  'has no mailbox any more, and comes in person': { can: ({ type }) => type !== 'mailbox-confirmed' },
  'was away on the deadline, and comes the day after': {
    can: ({ type }) => type !== 'vouched',
    in: (world) => isMember(world) && world.now.since(FRIDAY).total('hours') >= 23,
  },
  'is helped by somebody who goes home after claiming: a colleague takes it over': {
    can: (event) => event.type !== 'vouched' && (event.type !== 'claimed' || event.by === 'saskia'),
  },
  'administers, while the other administrator is on leave: two who have seen them, and whoever may help': {
    can: ({ type }) => type !== 'mailbox-confirmed' && type !== 'password-proved',
    in: ({ inPersonOnly }) => inPersonOnly,
  },
};

for (const [who, { can, in: isIn = isMember }] of Object.entries(PERSONAS))
  test(`no dead end for whoever ${who}`, () => {
    const machine = recoveries();
    const own = [...walk({ ...machine, events: machine.events.filter(can), worlds: machine.worlds.filter(isIn) })];
    const stuck = deadEnds(own, (key) => ENDS.some((end) => key.startsWith(end)));
    assert.deepEqual(stuck, []);
    const lost = deadEnds(own, (key) => key.startsWith('redeemed'));
    assert.ok(!lost.some((key) => key.startsWith('opened')), 'from the beginning it can be won');
  });

test('a persona who can do nothing is seen to be lost: the walk above can fail', () => {
  const machine = recoveries();
  const events = machine.events.filter(({ type }) => type !== 'approved');
  const lost = deadEnds([...walk({ ...machine, events })], (key) => key.startsWith('redeemed'));
  assert.ok(lost.some((key) => key.startsWith('opened')));
});

test('whoever administers is let in by two people, and by nobody less', () => {
  const machine = recoveries();
  const worlds = machine.worlds.filter((world) => world.inPersonOnly);
  const seen = [...walk({ ...machine, worlds })];
  assert.ok(seen.some((step) => to(step).at === 'redeemed'));
  const alone = [...walk({ ...machine, worlds, events: machine.events.filter(({ type }) => type !== 'vouched') })];
  assert.ok(alone.every((step) => ['opened', 'mailbox-confirmed', 'cancelled', 'expired'].includes(to(step).at)));
});

test('what the operator vouches for is ready, can be stopped and used, and is otherwise held as it is', () => {
  const [, world] = recoveries().worlds;
  assert.ok(world);
  const state = vouchedByOperator(world.now);
  const at = (event: RecoveryEvent) => decide(state, event, world).state.at;
  assert.equal(at({ type: 'redeemed' }), 'redeemed');
  assert.equal(at({ type: 'cancelled', by: 'link' }), 'cancelled');
  assert.equal(at({ type: 'approved', by: 'arthur', digest: 'seen' }), 'ready');
  assert.equal(
    decide(state, { type: 'redeemed' }, { ...world, now: world.now.add({ hours: 15 * 24 }) }).state.at,
    'expired',
  );
});
