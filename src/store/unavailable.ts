/** The database cannot be used for now: a full or broken disk, a lock that does not end, a server that is away. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
  /** Read by whoever answers requests, the library for OpenID Connect among them. */
  readonly statusCode = 503;

  constructor(cause: unknown) {
    super(`The database cannot be used: ${cause instanceof Error ? cause.message : 'unknown fault'}`, { cause });
  }
}

/** The same fault, or what it means: that the database is away. */
export function orUnavailable(fault: unknown): unknown {
  return isOfStorage(fault) && !(fault instanceof StoreUnavailable) ? new StoreUnavailable(fault) : fault;
}

/** SQLite: locked, read-only, input/output, corrupt, full, cannot open. */
const SQLITE = [5, 8, 10, 11, 13, 14];
/** Its log on another thread, and the line to PostgreSQL. */
const SYSTEM =
  /^(EIO|ENOSPC|EDQUOT|EROFS|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** PostgreSQL: the connection, no room, an operator's intervention, the system, a copy that is only read (SQLSTATE). */
const POSTGRES = /^(08|53|57P|58|25006)/;
/** What the driver says of a broken line carries no code. */
const BROKEN_LINE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

export function isOfStorage(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const { errcode, code } = fault as { errcode?: unknown; code?: unknown };
  if (typeof errcode === 'number') return SQLITE.includes(errcode & 0xff);
  if (typeof code === 'string' && (SYSTEM.test(code) || POSTGRES.test(code))) return true;
  if (fault instanceof AggregateError) return fault.errors.some(isOfStorage);
  return BROKEN_LINE.test(fault.message) || isOfStorage(fault.cause);
}
