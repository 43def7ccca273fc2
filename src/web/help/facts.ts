import type { Step } from '#core/enrolment/state.ts';
import { wizardFor } from '#flows/help.ts';
import { policyOf } from '#flows/world.ts';
import type { FACT_NAMES, Facts, VALUE_NAMES } from '#src/help/fill.ts';
import { type Key, sentenceAt, type Words } from '#words/index.ts';
import type { Visit } from '../visit.ts';

/** The headings of the wizard's steps, as their pages have them. */
export const STEP_HEADINGS: Record<Step, Key> = {
  choose: 'enrol.choose-heading',
  scan: 'enrol.scan-heading',
  prove: 'enrol.prove-heading',
  sms: 'enrol.sms-heading',
  keep: 'enrol.keep-heading',
};

export type Known = {
  values: Record<(typeof VALUE_NAMES)[number], string | number>;
  is: Record<(typeof FACT_NAMES)[number], boolean>;
  steps: readonly Step[];
};

/** The numbers in force for this person; for a stranger, those of every organisation that chose no others. */
export function knownTo({ memberships, deps, site }: Visit): Known {
  const policy = policyOf(memberships);
  const wizard = wizardFor(deps, memberships);
  const inDays = (duration: Temporal.Duration) => Math.round(duration.total('hours') / 24);
  const rememberDays = inDays(policy.rememberDeviceFor);
  return {
    values: {
      host: site.publicUrl.host,
      origin: site.publicUrl.origin,
      deferralsAllowed: policy.deferralsAllowed,
      returnsAfterSignIns: policy.deferralReturnsAfterSignIns,
      returnsAfterDays: inDays(policy.deferralReturnsAfter),
      rememberDays,
      attemptFailures: policy.attemptFailures,
      resetLinkMinutes: Math.round(policy.resetLinkLives.total('minutes')),
      smsCodeMinutes: Math.round(policy.smsCodeLives.total('minutes')),
    },
    is: { remembers: rememberDays > 0, sms: wizard.sms, passkeys: wizard.passkeys },
    steps: wizard.steps,
  };
}

/** The same, as an article in the language of `words` says it. */
export function factsIn({ lang, t }: Words, { values, is, steps }: Known): Facts {
  return {
    values,
    is,
    sentence: (key, given) => sentenceAt(lang, key, given),
    step: (name) => {
      const at = steps.findIndex((step) => step === name);
      const step = steps[at];
      if (!step) return null;
      return t('help.step-heading', { step: at + 1, of: steps.length, what: t(STEP_HEADINGS[step]) });
    },
  };
}

/** For examples and tests: everything is offered, and nobody chose other numbers. */
export const EXAMPLE_KNOWN: Known = {
  values: {
    host: 'id.example.com',
    origin: 'https://id.example.com',
    deferralsAllowed: 3,
    returnsAfterSignIns: 3,
    returnsAfterDays: 7,
    rememberDays: 30,
    attemptFailures: 5,
    resetLinkMinutes: 60,
    smsCodeMinutes: 10,
  },
  is: { remembers: true, sms: true, passkeys: true },
  steps: ['choose', 'scan', 'prove', 'sms', 'keep'],
};
