import type { Command } from './command.ts';
import { type Finding, examine } from './examination.ts';

const MARKS: Record<Finding['state'], string> = { good: 'ok   ', note: 'note ', wrong: 'WRONG' };

export const command: Command = {
  summary: 'Looks at the configuration, keys, database, clock, mail and text messages, and says what it finds.',
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
