import { readPolicy } from '#core/policy/policy.ts';
import { chosenOrganisation, ORGANISATION_FLAG } from './chosen.ts';
import { type Command, Refused, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';
import { writeDown } from './invite.ts';

export const command: Command = {
  summary: 'Shows what the policy of an organisation changes of the defaults, and changes it.',
  about:
    'Fields and what they may be: docs/reference/policy.md. A field that is set to null has its default again. ' +
    'It holds from the next request on.',
  flags: {
    ...ORGANISATION_FLAG,
    set: { value: 'JSON', sentence: `Fields to change: '{ "deferralsAllowed": 2, "rememberDeviceFor": "P7D" }'.` },
  },
  run: async (call, around) => {
    const changes = changesFrom(call.flag('set'));
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        const organisation = await chosenOrganisation(tx, call);
        const before = organisation.policy;
        const policy = Object.fromEntries(
          Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null),
        );
        if (changes) {
          const problems = readPolicy(policy).problems.filter(({ field }) => field in changes);
          if (problems.length > 0)
            throw new Refused(problems.map(({ field, sentence }) => `${field} ${sentence}.`).join(' '));
          await tx.organisations.setPolicy(organisation.id, policy);
          await writeDown(tx, {
            at: around.now(),
            event: 'organisation.policy-changed',
            detail: { organisation: organisation.slug, before: JSON.stringify(before), after: JSON.stringify(policy) },
          });
        }
        const lines = Object.entries(policy).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
        const none = `${organisation.name} changes nothing of the defaults.`;
        return { lines: lines.length > 0 ? lines : [none], json: { organisation: organisation.slug, policy } };
      }),
    );
  },
};

function changesFrom(text: string | undefined): Record<string, unknown> | null {
  if (text === undefined) return null;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read };
  } catch {
    // The sentence below says what is wanted.
  }
  throw new WrongUsage(`--set must be an object of JSON, like '{ "deferralsAllowed": 2 }'.`);
}
