import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';

export async function programHelp(): Promise<string[]> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => {
      const { command } = await load();
      return [[name, ...(command.words ?? [])].join(' '), command.summary] as const;
    }),
  );
  return [
    'nachtslot COMMAND [--help] [--json]',
    '',
    ...columns(rows),
    '',
    'Settings come from nachtslot.config.json and the environment: docs/reference/configuration.md',
    'Exit code: 0 done, 1 refused with a reason, 2 wrong usage.',
  ];
}

export function commandHelp(name: string, { summary, about, words = [], flags = {} }: Command): string[] {
  const rows = Object.entries(flags).map(
    ([flag, { sentence, value }]) => [`--${flag}${value ? ` ${value}` : ''}`, sentence] as const,
  );
  return [
    ['nachtslot', name, ...words, ...(rows.length > 0 ? ['[OPTIONS]'] : []), '[--json]'].join(' '),
    '',
    summary,
    ...(about ? [about] : []),
    ...(rows.length > 0 ? ['', ...columns(rows)] : []),
  ];
}

/** Two columns, the first as wide as its widest. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
