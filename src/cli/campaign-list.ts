import type { Command } from './command.ts';
import { columns } from './help.ts';
import { withHouse } from './house.ts';

export const command: Command = {
  summary: 'Lists the campaigns of every organisation.',
  run: (_call, around) =>
    withHouse(around, async ({ store: { read } }) => {
      const campaigns = [];
      for (const { id, slug } of await read.organisations.all())
        for (const one of await read.campaigns.of([id]))
          campaigns.push({
            organisation: slug,
            name: one.name,
            from: one.startsOn.toString(),
            until: one.deadline?.toString() ?? null,
            status: one.status,
          });
      const rows = campaigns.map(({ organisation, name, from, until, status }) => {
        const days = until ? `${from} until and including ${until}` : `from ${from} on, never required`;
        return [organisation, `${name}: ${days}, ${status}`] as const;
      });
      const none = 'There are no campaigns: nobody is asked for a second step. See: nachtslot campaign add --help';
      return { lines: rows.length > 0 ? columns(rows) : [none], json: { campaigns } };
    }),
};
