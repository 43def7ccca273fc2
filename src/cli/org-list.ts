import type { Command } from './command.ts';
import { columns } from './help.ts';
import { withHouse } from './house.ts';

export const command: Command = {
  summary: 'Lists the organisations.',
  run: (_call, around) =>
    withHouse(around, async ({ store }) => {
      const all = await store.read.organisations.all();
      const organisations = all.map(({ slug, name, language, timeZone }) => ({ slug, name, language, timeZone }));
      const rows = organisations.map((one) => [one.slug, `${one.name} (${one.language}, ${one.timeZone})`] as const);
      return { lines: columns(rows), json: { organisations } };
    }),
};
