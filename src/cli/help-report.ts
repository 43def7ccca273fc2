import { type Command, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';

const ASKED = { yes: 'helpful', no: 'not helpful', stuck: 'stuck' } as const;

export const command: Command = {
  summary: 'Lists what people answered in the help centre: helpful or not, and where they are stuck.',
  about: 'Numbers per day, article, page and refusal. Who answered is kept nowhere.',
  flags: { days: { value: 'N', sentence: 'Of how many days, today included (default: 30).' } },
  run: async (call, around) => {
    const days = Number(call.flag('days') ?? '30');
    if (!Number.isInteger(days) || days < 1 || days > 3660)
      throw new WrongUsage('--days must be a number from 1 to 3660.');
    const today = around.now().toZonedDateTimeISO('UTC').toPlainDate();
    return withHouse(around, async ({ store }) => {
      const since = today.subtract({ days: days - 1 });
      const slugs = new Map((await store.read.organisations.all()).map(({ id, slug }) => [id, slug]));
      const counts = (await store.read.help.counts(since)).map((one) => ({
        ...one,
        day: one.day.toString(),
        organisation: one.organisation === '' ? null : (slugs.get(one.organisation) ?? null),
        page: one.page || null,
        refusal: one.refusal || null,
      }));
      const lines = counts.map(({ count, answer, language, article, page, refusal, organisation, day }) => {
        const where = [page && `from ${page}`, refusal && `after ${refusal}`, organisation && `at ${organisation}`];
        return [`${count} × ${ASKED[answer]}`, `${language}/${article}`, ...where.filter(Boolean), day].join(', ');
      });
      return {
        lines: lines.length > 0 ? lines : [`Nobody has answered since ${since.toString()}.`],
        json: { since: since.toString(), counts },
      };
    });
  },
};
