import { ORGANISATION, ORGANISATION_FLAGS, found } from './found.ts';
import { answersTo, slugOf, wrongSlug } from './answers.ts';
import { type Command, Refused, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';

export const command: Command = {
  summary: 'Adds an organisation.',
  flags: {
    ...ORGANISATION_FLAGS,
    slug: { value: 'NAME', sentence: 'What it is called in commands (default: made from its name).' },
  },
  run: async (call, around) => {
    const answer = await answersTo(ORGANISATION, call, around);
    const slug = call.flag('slug') ?? slugOf(answer('organisation'));
    const wrong = wrongSlug(slug);
    if (wrong) throw new WrongUsage(`--slug ${wrong}.`);
    return withHouse(around, ({ store }) =>
      store.transaction(async (tx) => {
        if (await tx.organisations.bySlug(slug))
          throw new Refused(`There is an organisation called ${slug} already. Say --slug for another name.`);
        await found(tx, {
          name: answer('organisation'),
          language: answer('language'),
          timeZone: answer('time-zone'),
          helpContact: call.flag('help-contact') ?? '',
          slug,
          now: around.now(),
        });
        return {
          lines: [`Added ${slug}. Its people: nachtslot user add ADDRESS --organisation ${slug}`],
          json: { slug },
        };
      }),
    );
  },
};
