import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../sign-in/state.ts';
import { deadEnds, type Step, type Walkable, walk } from '../walk.ts';
import { decide } from './decide.ts';
import { BEGINNINGS, EVENTS, enrolments, key, WORLDS } from './everything.ts';
import {
  type Course,
  type Enrolment,
  type EnrolmentEffect,
  type EnrolmentEvent,
  type EnrolmentWorld,
  type Step as NumberedStep,
  stepsOf,
} from './state.ts';

/** A wizard together with what really happened in it, written down apart from what it says about itself. */
type Told = { wizard: Enrolment; past: Past };
type Past = {
  course: Course;
  /** Asked for a mailed code, and whether it was given. */
  guard: 'none' | 'closed' | 'passed';
  /** The type whose QR code is on the screen. */
  pending: string | null;
  bound: boolean;
  smsSent: boolean;
  codeMade: boolean;
  codeBound: boolean;
};
type Decided = Decision<Enrolment, EnrolmentEffect>;
type Telling = { state: Told; decided: Decided };
type ToldStep = Step<Told, EnrolmentEvent, EnrolmentWorld, Telling>;

const does = (effects: readonly EnrolmentEffect[], what: EnrolmentEffect['do']) =>
  effects.some((effect) => effect.do === what);

const told: Walkable<Told, EnrolmentEvent, EnrolmentWorld, Telling> = {
  starts: BEGINNINGS.map(({ course, guarded, state, effects }) => ({
    wizard: state,
    past: {
      course,
      guard: guarded ? 'closed' : 'none',
      pending: null,
      bound: false,
      smsSent: false,
      codeMade: does(effects, 'make-backup-code'),
      codeBound: false,
    },
  })),
  events: EVENTS,
  worlds: WORLDS,
  decide(from, event, world) {
    const decided = decide(from.wizard, event, world);
    if (decided.state === from.wizard) return { state: from, decided };
    const made = decided.effects.find((effect) => effect.do === 'make-pending');
    const past: Past = {
      ...from.past,
      guard: event.type === 'guard-passed' ? 'passed' : from.past.guard,
      pending: made ? made.type : from.past.pending,
      bound: from.past.bound || does(decided.effects, 'bind'),
      smsSent: from.past.smsSent || event.type === 'sms-sent',
      codeMade: from.past.codeMade || does(decided.effects, 'make-backup-code'),
      codeBound: from.past.codeBound || does(decided.effects, 'bind-backup-code'),
    };
    return { state: { wizard: decided.state, past }, decided };
  },
  key: ({ wizard, past }) => `${key(wizard)} | ${Object.values(past).join(' ')}`,
};

/** What may happen where. Everything else has to leave the wizard as it was. */
const LISTED: Record<Enrolment['at'], EnrolmentEvent['type'][]> = {
  guarding: ['guard-passed', 'left'],
  choosing: ['chosen', 'left'],
  scanning: ['chosen', 'scanned', 'back', 'left'],
  proving: ['chosen', 'proved', 'back', 'left'],
  'adding-sms': ['sms-sent', 'sms-proved', 'sms-skipped', 'back', 'left'],
  'keeping-code': ['code-kept', 'left'],
  bound: [],
  ended: [],
};

/** From what is being set up, and not from something else. */
function isRightCode(wizard: Enrolment, event: EnrolmentEvent): boolean {
  return event.type === 'proved' && wizard.at === 'proving' && event.evidence.type === wizard.type;
}

type Rule = { says: string; breaks(step: ToldStep): boolean };

const RULES: Rule[] = [
  {
    says: 'an authenticator is bound by its own right code, and in no other way',
    breaks: ({ from, event, decided: { decided } }) =>
      decided.effects.some(
        (effect) => effect.do === 'bind' && (!isRightCode(from.wizard, event) || effect.type !== from.past.pending),
      ),
  },
  {
    says: 'a right code binds at once: what was proved is never thrown away',
    breaks: ({ from, event, decided: { decided } }) =>
      isRightCode(from.wizard, event) && !does(decided.effects, 'bind'),
  },
  {
    says: 'nothing is bound, and no QR code shown, before the mailed code where one is asked for',
    breaks: ({ from, event, decided: { decided } }) =>
      from.past.guard === 'closed' &&
      event.type !== 'guard-passed' &&
      decided.effects.some((effect) => effect.do !== 'audit'),
  },
  {
    says: 'only what is offered gets a QR code',
    breaks: ({ world, decided: { decided } }) =>
      decided.effects.some((effect) => effect.do === 'make-pending' && !world.offered.includes(effect.type)),
  },
  {
    says: 'what is bound in one step is never scanned: no page shows a code that is not there',
    breaks: ({ world, decided: { state } }) =>
      state.wizard.at === 'scanning' && world.oneStep.includes(state.wizard.type),
  },
  {
    says: 'the old authenticator ends when the new one is bound on moving to a new phone, and only then',
    breaks: ({ from, decided: { decided } }) =>
      decided.effects.some((effect) => effect.do === 'bind' && effect.replacing !== (from.past.course === 'move')),
  },
  {
    says: 'who only asked for a new backup code gets that and nothing else',
    breaks: ({ from, decided: { decided } }) =>
      from.past.course === 'backup-code' &&
      (does(decided.effects, 'bind') || does(decided.effects, 'bind-sms') || does(decided.effects, 'make-pending')),
  },
  {
    says: 'a number is bound by the code that was sent to it, after the authenticator itself',
    breaks: ({ from, event, decided: { decided } }) =>
      does(decided.effects, 'bind-sms') && !(event.type === 'sms-proved' && from.past.smsSent && from.past.bound),
  },
  {
    says: 'a backup code goes live when it was made and the person has shown that it is kept',
    breaks: ({ from, event, decided: { decided } }) =>
      does(decided.effects, 'bind-backup-code') && !(event.type === 'code-kept' && from.past.codeMade),
  },
  {
    says: 'nobody finishes without a backup code, new or old',
    breaks: ({ world, decided: { state } }) =>
      state.wizard.at === 'bound' && !state.past.codeBound && !(state.past.course === 'move' && world.hasBackupCode),
  },
  {
    says: 'nobody finishes without a second step, unless only the backup code was asked for',
    breaks: ({ decided: { state } }) =>
      state.wizard.at === 'bound' && !state.past.bound && state.past.course !== 'backup-code',
  },
  {
    says: 'on the page of the backup code there is one',
    breaks: ({ decided: { state } }) => state.wizard.at === 'keeping-code' && !state.past.codeMade,
  },
  {
    says: 'the wizard does not change its purpose under way',
    breaks: ({ decided: { state } }) => 'course' in state.wizard && state.wizard.course !== state.past.course,
  },
  {
    says: 'what was proved in it is handed on at its end',
    breaks: ({ decided: { state } }) =>
      state.wizard.at === 'bound' && state.past.bound && state.wizard.evidence.length !== 1,
  },
  {
    says: 'whoever leaves has left, and leaving makes nothing live',
    breaks: ({ from, event, decided: { decided } }) =>
      event.type === 'left' &&
      from.wizard.at !== 'bound' &&
      from.wizard.at !== 'ended' &&
      (decided.state.at !== 'ended' || decided.effects.some((effect) => effect.do !== 'audit')),
  },
  {
    says: 'what is not listed changes nothing, is told to the person, and is audited',
    breaks: ({ from, event, decided: { decided } }) =>
      !(LISTED[from.wizard.at].includes(event.type) && (event.type !== 'proved' || isRightCode(from.wizard, event))) &&
      (decided.state !== from.wizard ||
        decided.refused?.refusal !== 'out-of-order' ||
        decided.effects.some((effect) => effect.do !== 'audit') ||
        decided.effects.length !== 1),
  },
];

// Circumstances change while a page is open, but a confirmed backup code comes and goes only with the wizard itself.
const steps = [false, true].flatMap((hasBackupCode) => [
  ...walk({ ...told, worlds: WORLDS.filter((world) => world.hasBackupCode === hasBackupCode) }),
]);

for (const rule of RULES) {
  test(`in every wizard: ${rule.says}`, () => {
    const broken = steps.find((step) => rule.breaks(step));
    assert.equal(broken && `${broken.fromKey} —${broken.event.type}→ ${broken.toKey}`, undefined);
  });
}

test('the walk has been everywhere', () => {
  const places = new Set(steps.map(({ decided }) => decided.state.wizard.at));
  assert.deepEqual([...places].sort(), Object.keys(LISTED).sort());
});

test('nobody without a mobile number is ever stuck: from everywhere a road leads to the end of the wizard', () => {
  const withoutNumber = EVENTS.filter(({ type }) => type !== 'sms-proved' && type !== 'left');
  for (const world of WORLDS) {
    const alone = { ...enrolments(), worlds: [world], events: withoutNumber };
    assert.deepEqual(
      deadEnds(walk(alone), (one) => one.startsWith('bound')),
      [],
      JSON.stringify(world),
    );
  }
});

/** The pages of somebody who does everything right, and takes whatever is offered. */
function pagesOf(course: Course, type: string, world: EnrolmentWorld): NumberedStep[] {
  const road: [Enrolment['at'], NumberedStep, EnrolmentEvent['type'][]][] = [
    ['choosing', 'choose', ['chosen']],
    ['scanning', 'scan', ['scanned']],
    ['proving', 'prove', ['proved']],
    ['adding-sms', 'sms', ['sms-sent', 'sms-proved']],
    ['keeping-code', 'keep', ['code-kept']],
  ];
  const pages: NumberedStep[] = [];
  let wizard = BEGINNINGS.find((one) => one.course === course && !one.guarded)?.state;
  for (const [at, page, events] of road) {
    if (wizard?.at !== at) continue;
    pages.push(page);
    for (const name of events) {
      const event = EVENTS.find((one) => one.type === name && isAbout(one, type));
      if (event) wizard = decide(wizard, event, world).state;
    }
  }
  assert.equal(wizard?.at, 'bound');
  return pages;
}

function isAbout(event: EnrolmentEvent, type: string): boolean {
  if (event.type === 'chosen') return event.authenticator === type;
  return event.type !== 'proved' || event.evidence.type === type;
}

for (const course of ['first', 'move', 'backup-code'] as const) {
  test(`"Step 2 of 5" is true: the pages of the course ${course} are those that it counts`, () => {
    for (const world of WORLDS) {
      for (const type of world.offered) {
        const steps = stepsOf(course, { ...world, nothingToScan: world.oneStep.includes(type) });
        assert.deepEqual(pagesOf(course, type, world), steps);
      }
    }
  });
}
