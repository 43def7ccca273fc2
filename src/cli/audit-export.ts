import { asExported } from '#store/audit-export.ts';
import { type Command, WrongUsage } from './command.ts';
import { withHouse } from './house.ts';

const PAGE = 1_000;

export const command: Command = {
  summary: 'Prints the audit, one line of JSON each, oldest first.',
  flags: {
    after: { value: 'NUMBER', sentence: 'Only lines with a higher number, to go on where the last export ended.' },
  },
  run: (call, around) => {
    const after = call.flag('after') ?? '0';
    if (!/^\d{1,15}$/.test(after)) throw new WrongUsage('--after must be the number of a line.');
    return withHouse(around, async ({ store }) => {
      let last = Number(after);
      for (;;) {
        const lines = await store.read.audit.page(last, PAGE);
        for (const line of lines) around.out(asExported(line));
        if (lines.length === 0) return { lines: [], json: { last } };
        last = lines.at(-1)?.sequence ?? last;
      }
    });
  },
};
