import { parseArgs } from 'node:util';
import { type Answer, type Around, type Call, type Command, WrongUsage } from './command.ts';
import { COMMANDS } from './commands.ts';
import { commandHelp, programHelp } from './help.ts';
import { sentencesOf } from './sentences.ts';

/** Runs one command line. Answers the exit code: 0 done, 1 refused with a reason, 2 wrong usage. */
export async function run(line: readonly string[], around: Around): Promise<0 | 1 | 2> {
  const json = line.includes('--json');
  try {
    return await attempt(line, around);
  } catch (fault) {
    const sentences = sentencesOf(fault);
    if (json) around.out(JSON.stringify({ ok: false, reason: sentences.join(' ') }));
    else for (const sentence of sentences) around.err(`nachtslot: ${sentence}`);
    return fault instanceof WrongUsage ? 2 : 1;
  }
}

async function attempt(line: readonly string[], around: Around): Promise<0 | 1> {
  const name = nameOf(line);
  if (name === null) {
    const [first] = line;
    if (first === '--help' || first === 'help') {
      for (const text of await programHelp()) around.out(text);
      return 0;
    }
    throw new WrongUsage(
      `${first === undefined ? 'Say what to do' : `There is no command "${first}"`}. Try: nachtslot --help`,
    );
  }
  const { command } = await load(name);
  const rest = line.slice(name.split(' ').length);
  if (rest.includes('--help')) {
    for (const text of commandHelp(name, command)) around.out(text);
    return 0;
  }
  const call = read(name, command, rest);
  return tell(await command.run(call, around), call, around);
}

function tell({ lines, json, refused = false }: Answer, call: Call, around: Around): 0 | 1 {
  if (!call.json) for (const text of lines) around.out(text);
  else if (json) around.out(JSON.stringify({ ok: !refused, ...json }));
  return refused ? 1 : 0;
}

/** Two words before one: `keys rotate`. */
function nameOf([first = '', second = '']: readonly string[]): string | null {
  return [`${first} ${second}`, first].find((name) => Object.hasOwn(COMMANDS, name)) ?? null;
}

function load(name: string): Promise<{ command: Command }> {
  const found = COMMANDS[name];
  if (!found) throw new WrongUsage(`There is no command "${name}". Try: nachtslot --help`);
  return found();
}

function read(name: string, { words = [], flags = {} }: Command, rest: readonly string[]): Call {
  const known = Object.entries(flags).map(
    ([flag, { value }]) => [flag, { type: value ? 'string' : 'boolean' }] as const,
  );
  const usage = `Try: nachtslot ${name} --help`;
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...rest],
      options: { json: { type: 'boolean' }, ...Object.fromEntries(known) },
      allowPositionals: true,
      strict: true,
    });
  } catch (fault) {
    throw new WrongUsage(`${fault instanceof Error ? fault.message.split('. ')[0] : 'It cannot be read'}. ${usage}`);
  }
  const { values, positionals } = parsed;
  if (positionals.length !== words.length)
    throw new WrongUsage(`It takes ${words.length === 0 ? 'no words' : words.join(' ')} after "${name}". ${usage}`);
  return {
    words: positionals,
    flag: (flag) => (typeof values[flag] === 'string' ? values[flag] : undefined),
    isSet: (flag) => values[flag] === true,
    json: values['json'] === true,
  };
}
