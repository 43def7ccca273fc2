import type { Command } from './command.ts';
import { type Finding, examine } from './examination.ts';

const MARKS: Record<Finding['state'], string> = { good: 'ok   ', note: 'note ', wrong: 'WRONG' };

export const command: Command = {
  summary: 'Looks at configuration, keys, database, clock, ways out and attacks under way, and says what it finds.',
  about: 'It changes nothing and sends nothing. Exit code 1 when something is wrong; a note is none.',
  run: async (_call, around) => {
    const findings = await examine(around);
    return {
      lines: findings.map(({ state, about, sentence }) => `${MARKS[state]} ${about}: ${sentence}`),
      json: { findings },
      refused: findings.some(({ state }) => state === 'wrong'),
    };
  },
};
