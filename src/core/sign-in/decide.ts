import { atLeast, type Evidence, type Level, reached, withoutText } from '../assurance.ts';
import type { Course } from '../enrolment/state.ts';
import { type Refused, refuse } from '../refusal.ts';
import type { Decision, Demand, EnrolReason, Phone, SignIn, SignInEffect, SignInEvent, SignInWorld } from './state.ts';

type Decided = Decision<SignIn, SignInEffect>;

/**
 * One step of a sign-in: synchronous, total, without a clock of its own. What is not listed here changes nothing and
 * is audited, so a double click or the back button can neither advance an attempt nor spoil it.
 */
export function decide(state: SignIn, event: SignInEvent, world: SignInWorld): Decided {
  if (isOver(state)) return outOfOrder(state, event);
  if (!world.accountActive) return refusal(refuse('account-disabled'));

  switch (event.type) {
    case 'proved':
      // A passkey that did not check its owner is something held, which whoever found it holds too: nobody is named by it.
      if (state.at === 'identifying' && reached([event.evidence], world) === 'none')
        return refusal(refuse('passkey-refused'));
      if (state.at === 'identifying') return proved(state.demand, [event.evidence], event.remember, 0, world);
      if (state.at === 'verifying')
        return proved(state.demand, [...state.evidence, event.evidence], event.remember, state.failures, world);
      return outOfOrder(state, event);

    case 'disproved':
      if (state.at !== 'verifying') return outOfOrder(state, event);
      return disproved(state, event.refused, world);

    case 'limited':
      if (state.at !== 'verifying') return outOfOrder(state, event);
      return { state, effects: [audit('sign-in.limited')], refused: refuse('guess-budget-spent') };

    case 'deferred':
      if (state.at !== 'inviting') return outOfOrder(state, event);
      return deferred(state, world);

    case 'accepted':
      if (state.at !== 'inviting') return outOfOrder(state, event);
      return accepted(state, world);

    case 'reconsidered':
      if (state.at !== 'enrolling' || state.because !== 'accepted' || world.enrolment !== 'none')
        return outOfOrder(state, event);
      return withAudit(next(state.demand, state.evidence, false, 0, world), 'sign-in.reconsidered');

    case 'told-about-phone':
      if (state.at !== 'asking-about-phone') return outOfOrder(state, event);
      return toldAboutPhone(state, event.phone, world);

    case 'enrolled':
      if (state.at !== 'enrolling' || world.enrolment !== 'enrolled') return outOfOrder(state, event);
      // A recovery opens no session, not even through its wizard: the new second step is used at the next sign-in.
      if (state.because === 'recovered') return outOfOrder(state, event);
      return next({ ...state.demand, course: null }, [...state.evidence, ...event.evidence], false, 0, world, true);
  }
  event satisfies never;
}

/** Where a step-up begins: with what the session still has to show, which may be enough. */
export function resume(demand: Demand, evidence: Evidence[], world: SignInWorld): Decided {
  if (!world.accountActive) return refusal(refuse('account-disabled'));
  // What the session was opened with was asked about then; only what is proved now is asked about now.
  return next(demand, evidence, false, 0, world, true);
}

/** A pass was redeemed and the password is right: the wizard, whatever is bound, and nothing but the wizard. */
export function recover(evidence: Evidence, world: SignInWorld): Decided {
  if (!world.accountActive) return refusal(refuse('account-disabled'));
  return enrol({ entrance: 'sign-in', level: 'aal1', course: null }, [evidence], 'recovered', false);
}

/** The level this sign-in has to reach before anything else is looked at. */
export function goalOf(demand: Demand, world: SignInWorld): Level {
  const own = ownGoal(demand, world);
  return atLeast(own, demand.level) ? own : demand.level;
}

function ownGoal(demand: Demand, world: SignInWorld): Level {
  switch (world.enrolment) {
    case 'none':
      return 'aal1';
    case 'without-backup-code':
    case 'without-authenticator':
      return 'aal2'; // also on a remembered device: the wizard that resumes here binds something
    case 'enrolled':
      // A remembered device stands in for the second step of an ordinary sign-in, and for nothing else.
      return world.deviceRemembered && demand.entrance === 'sign-in' && !demand.course ? 'aal1' : 'aal2';
  }
}

function proved(
  demand: Demand,
  evidence: Evidence[],
  remember: boolean,
  failures: number,
  world: SignInWorld,
): Decided {
  const decision = next(demand, evidence, remember, failures, world);
  return withAudit(decision, 'sign-in.proved', { type: evidence.at(-1)?.type ?? '' });
}

/**
 * Where an attempt with this evidence stands now: more proofs, the invitation, the wizard, or in. Failures stay with
 * it: whoever has the password could otherwise give it again between guesses, and never run out of them.
 */
function next(
  demand: Demand,
  evidence: Evidence[],
  remember: boolean,
  failures: number,
  world: SignInWorld,
  wasAsked = false,
): Decided {
  const goal = goalOf(demand, world);
  const level = reached(evidence, demand.withoutText ? withoutText(world) : world);

  if (world.enrolment === 'none' && atLeast(level, 'aal1')) {
    // There is nothing more to prove with: whoever is asked for two steps gets the wizard, never a snooze.
    // First of all the deadline, at every entrance: by any other name the wizard would open without its guard.
    if (world.duty.kind === 'required' && !isOrdinary(demand)) return enrol(demand, evidence, 'required', false);
    if (demand.course) return enrol(demand, evidence, 'asked', true);
    if (atLeast(demand.level, 'aal2')) return enrol(demand, evidence, 'demanded', false);
    if (demand.entrance === 'sign-in' && isPromptDue(world))
      return decided({ at: 'inviting', demand, evidence, goal, failures });
  }
  if (!atLeast(level, goal)) return decided({ at: 'verifying', demand, evidence, goal, failures });
  if (!wasAsked && isWithoutPhone(demand, evidence, level, world))
    return decided({ at: 'asking-about-phone', demand, evidence, remember, failures }, [
      audit('sign-in.asked-about-phone'),
    ]);
  return goOn(demand, evidence, level, remember, world);
}

/** Proved enough: what is still missing of the second step, the wizard that was asked for, or in. */
function goOn(demand: Demand, evidence: Evidence[], level: Level, remember: boolean, world: SignInWorld): Decided {
  if (world.enrolment === 'without-backup-code') return enrol(demand, evidence, 'unfinished', false, 'backup-code');
  if (world.enrolment === 'without-authenticator') return enrol(demand, evidence, 'unfinished', false);
  if (demand.course) return enrol(demand, evidence, 'asked', true, demand.course);
  return complete(demand, evidence, level, remember, world);
}

/** Paper and text messages are ways back: who came by one of them may have no other any more. */
function isWithoutPhone(demand: Demand, evidence: readonly Evidence[], level: Level, world: SignInWorld): boolean {
  const last = evidence.at(-1)?.type;
  // A card is an everyday way in; before a change it is asked all the same why the phone was not used.
  const cameOtherwise =
    last === 'backup-code' || last === 'sms' || (last === 'code-card' && demand.entrance === 'step-up');
  // Whoever came to bind a new phone has answered already.
  return demand.course !== 'move' && world.hasPhone && cameOtherwise && atLeast(level, 'aal2');
}

function toldAboutPhone(state: SignIn & { at: 'asking-about-phone' }, phone: Phone, world: SignInWorld): Decided {
  const { demand, evidence, remember, failures } = state;
  const told = (decision: Decided) => withAudit(decision, 'sign-in.told-about-phone', { phone });
  // The page may be old: what opens the account, or what it asks for, may have changed since.
  const isStill = isWithoutPhone(demand, evidence, reached(evidence, world), world);
  if (phone === 'here' || !isStill) return told(next(demand, evidence, remember, failures, world, true));
  if (phone === 'new') return told(enrol(demand, evidence, 'phone-gone', false, 'move'));
  const wizard = enrol(demand, evidence, 'phone-gone', false);
  return told({ ...wizard, effects: [{ do: 'report-phone-lost' }, ...wizard.effects] });
}

/** Nothing but a sign-in: no application and no page asks for more. */
function isOrdinary(demand: Demand): boolean {
  return demand.entrance === 'sign-in' && !demand.course && !atLeast(demand.level, 'aal2');
}

/** After the deadline the invitation is still shown: the same page, without *Remind me later*. */
function isPromptDue({ duty }: SignInWorld): boolean {
  return duty.kind === 'required' || (duty.kind === 'invited' && duty.promptDue);
}

function accepted(state: SignIn & { at: 'inviting' }, world: SignInWorld): Decided {
  // The page may be old: whoever has enrolled elsewhere since must not get a first wizard for a password.
  if (world.enrolment !== 'none') return next(state.demand, state.evidence, false, state.failures, world);
  const isRequired = world.duty.kind === 'required';
  const wizard = enrol(state.demand, state.evidence, isRequired ? 'required' : 'accepted', !isRequired);
  return withAudit(wizard, 'sign-in.accepted');
}

function disproved(state: SignIn & { at: 'verifying' }, refused: Refused, world: SignInWorld): Decided {
  const failures = state.failures + 1;
  if (failures >= world.attemptFailures) return refusal(refuse('attempt-exhausted'));
  return {
    state: { ...state, failures },
    effects: [audit('sign-in.refused', { refusal: refused.refusal })],
    refused: { ...refused, detail: { ...refused.detail, triesLeft: world.attemptFailures - failures } },
  };
}

function deferred(state: SignIn & { at: 'inviting' }, world: SignInWorld): Decided {
  const { duty } = world;
  // The duty is read again here: the page may have been open since before the deadline.
  if (duty.kind === 'required')
    return {
      state,
      effects: [audit('sign-in.refused', { refusal: 'deferral-not-allowed' })],
      refused: refuse('deferral-not-allowed'),
    };
  if (duty.kind === 'none' || world.enrolment !== 'none')
    return next(state.demand, state.evidence, false, state.failures, world);
  if (!duty.promptDue) {
    // Put off already, in another tab: going in is right, and it costs no second deferral.
    return complete(state.demand, state.evidence, reached(state.evidence, world), false, world);
  }
  const { organisation, campaign } = duty.because;
  const done = complete(state.demand, state.evidence, reached(state.evidence, world), false, world);
  return {
    ...done,
    effects: [{ do: 'record-deferral', organisation, campaign }, audit('sign-in.deferred'), ...done.effects],
  };
}

function enrol(
  demand: Demand,
  evidence: Evidence[],
  because: EnrolReason,
  optional: boolean,
  course: Course = 'first',
): Decided {
  return decided({ at: 'enrolling', demand, evidence, optional, because }, [
    { do: 'start-enrolment', because, course },
  ]);
}

/** The one place where a session begins. */
function complete(demand: Demand, evidence: Evidence[], level: Level, remember: boolean, world: SignInWorld): Decided {
  const viaRememberedDevice = world.deviceRemembered && !atLeast(level, 'aal2');
  const effects: SignInEffect[] = [
    { do: 'open-session', evidence, level, viaRememberedDevice },
    audit('sign-in.complete', { level, viaRememberedDevice, entrance: demand.entrance }),
  ];
  if (remember && world.mayRemember && atLeast(level, 'aal2')) effects.push({ do: 'remember-device' });
  return decided({ at: 'complete' }, effects);
}

function isOver(state: SignIn): state is SignIn & { at: 'complete' | 'refused' } {
  return state.at === 'complete' || state.at === 'refused';
}

function refusal(refused: Refused): Decided {
  return {
    state: { at: 'refused', reason: refused.refusal },
    effects: [audit('sign-in.refused', { refusal: refused.refusal })],
    refused,
  };
}

function outOfOrder(state: SignIn, event: SignInEvent): Decided {
  return {
    state,
    effects: [audit('sign-in.out-of-order', { at: state.at, event: event.type })],
    refused: refuse('out-of-order'),
  };
}

function decided(state: SignIn, effects: SignInEffect[] = []): Decided {
  return { state, effects, refused: null };
}

function withAudit(
  decision: Decided,
  event: (SignInEffect & { do: 'audit' })['event'],
  detail?: Record<string, string | number | boolean>,
): Decided {
  return { ...decision, effects: [audit(event, detail), ...decision.effects] };
}

function audit(
  event: (SignInEffect & { do: 'audit' })['event'],
  detail?: Record<string, string | number | boolean>,
): SignInEffect {
  return detail ? { do: 'audit', event, detail } : { do: 'audit', event };
}
