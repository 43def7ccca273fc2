import { createAuthenticatorTypes } from '#authenticators/index.ts';
import type { Deps } from '#flows/deps.ts';
import { mayVouchAsOperator, type NoPass, type PassFromOperator, vouchAsOperator } from '#flows/recovery/operator.ts';
import type { Around, Command } from './command.ts';
import { Refused, WrongUsage } from './command.ts';
import { type House, withHouse } from './house.ts';
import { COMMAND_LINE } from './invite.ts';

const REASON_MOST_CHARACTERS = 400;

export const command: Command = {
  summary: 'Lets an administrator who lost every second step set up a new one.',
  about:
    'For whoever administers or sits at the desk; everybody else goes to the desk of their organisation. You vouch, with ' +
    'the person in front of you. It makes a link that works once, within a day, and only together with the password; it ' +
    'opens the wizard and signs nobody in. Without --yes it says what would happen and changes nothing.',
  words: ['ADDRESS'],
  flags: {
    reason: { value: 'TEXT', sentence: 'Why, and how you know the person; it is written into the audit.' },
    yes: { sentence: 'Do it.' },
  },
  run: (call, around) =>
    withHouse(around, async (house) => {
      const [address = ''] = call.words;
      const reason = (call.flag('reason') ?? '').trim();
      if (reason === '') throw new WrongUsage('Say why, and how you know the person: --reason "…"');
      if (reason.length > REASON_MOST_CHARACTERS)
        throw new WrongUsage(`The reason has at most ${REASON_MOST_CHARACTERS} characters`);
      const deps = depsOf(house, around);
      const ahead = orRefuse(await mayVouchAsOperator(deps, address));
      if (!call.isSet('yes')) return { lines: preview(ahead), json: { ...jsonOf(ahead), done: false }, refused: true };
      const made = orRefuse(await vouchAsOperator(deps, COMMAND_LINE, { address, reason }));
      return {
        lines: [
          `Hand this to ${made.name}, in person. It works once, until ${made.until.toString({ smallestUnit: 'minute' })}, with the password:`,
          made.link,
          `Told, with a link that stops it: ${made.told.join(', ') || 'nobody, for no address is confirmed'}.`,
        ],
        json: { ...jsonOf(made), done: true, link: made.link },
      };
    }),
};

function preview({ name, told, lives }: PassFromOperator): string[] {
  return [
    `This would let ${name} set up a new second step.`,
    `- A link for them: once, within ${lives.total('hours')} hours, and only with the password. It signs nobody in.`,
    '- When the new second step is proved, every older one ends, and every session, remembered device and grant.',
    `- Told at once, with a link that stops it: ${told.join(', ') || 'nobody, for no address is confirmed'}.`,
    '- The audit names this command and your reason.',
    'Nothing was changed. To do it, add --yes',
  ];
}

function jsonOf({ name, told, until }: PassFromOperator) {
  return { name, told, until: until.toString() };
}

const WHY_NOT: Record<NoPass, string> = {
  unknown: 'There is no account with this address.',
  disabled: 'This account is disabled. Nothing was changed.',
  homeless: 'This account belongs to no organisation. Nothing was changed.',
  'no-second-step': 'This account has no second step to lose: the password is enough to set one up.',
  'has-a-desk':
    'This person neither administers nor sits at a desk: the desk of their organisation gives the account back. Nothing was changed.',
};

function orRefuse<T extends object>(found: T | NoPass): T {
  if (typeof found === 'string') throw new Refused(WHY_NOT[found]);
  return found;
}

function depsOf({ store, keys, config }: House, around: Around): Deps {
  return {
    store,
    clock: { now: around.now, wall: around.now, livedMs: () => 0 },
    types: createAuthenticatorTypes({ pepper: keys.pepper }),
    publicUrl: config.publicUrl,
    smsAvailable: config.sms !== undefined,
    push: null,
    // A server that runs finds the mails in the outbox by itself.
    wake: () => {},
  };
}
