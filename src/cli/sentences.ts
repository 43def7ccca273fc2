import { ConfigRefused } from '#src/config.ts';

/** What went wrong, for whoever typed the command: no stack, and never nothing. */
export function sentencesOf(fault: unknown): string[] {
  if (fault instanceof ConfigRefused) return fault.sentences;
  if (!(fault instanceof Error)) return [String(fault)];
  const known = KNOWN[codeOf(fault)];
  if (known) return [known(fault)];
  // Refusals of ours are whole sentences; what lies behind them is for nobody who types a command.
  const because = fault.name === 'Error' && fault.cause instanceof Error ? [`Because: ${fault.cause.message}`] : [];
  return [fault.message || fault.name, ...because];
}

const KNOWN: Record<string, (fault: Error) => string> = {
  ECONNREFUSED: () => 'The database server does not answer. Is it running, and is NACHTSLOT_DATABASE_URL right?',
  ENOTFOUND: () => 'The database server is not found. Is its name in NACHTSLOT_DATABASE_URL right?',
  '28P01': () => 'The database server refuses the user or the password in NACHTSLOT_DATABASE_URL.',
  '3D000': () => 'The database that NACHTSLOT_DATABASE_URL names does not exist. Make it with createdb.',
  EACCES: (fault) => `A file may not be read or written: ${fault.message}`,
  SQLITE_BUSY: () => 'Another program holds the database. Stop it, or try again in a moment.',
};

/** A connection that was tried at several addresses fails with a bundle of faults that says nothing itself. */
function codeOf(fault: Error): string {
  const code: unknown = Reflect.get(fault, 'code');
  const inner: unknown = fault instanceof AggregateError ? fault.errors[0] : undefined;
  if (code === 'ERR_SQLITE_ERROR' && /locked|busy/.test(fault.message)) return 'SQLITE_BUSY';
  if (typeof code === 'string') return code;
  return inner instanceof Error ? codeOf(inner) : '';
}
