import { AsyncLocalStorage } from 'node:async_hooks';
import type { Acknowledged } from './database.ts';

/** What group commit needs of a connection; all but the last happens at once, nothing is awaited. */
export type Engine = {
  begin(): void;
  commit(): void;
  rollback(): void;
  savepoint(): void;
  release(): void;
  rollbackToSavepoint(): void;
  /** False when the database gave the transaction up by itself, as SQLite does on a full disk. */
  inTransaction(): boolean;
  /** Resolves when everything that was committed before the call is on the disk. */
  sync(): Promise<void>;
};

export type Queue = {
  /** Runs `work` alone, in order of arrival, and resolves when what it wrote is on the disk, or already when committed. */
  submit<T>(work: () => Promise<T>, acknowledged?: Acknowledged): Promise<T>;
  /** Nothing is running or waiting. */
  idle(): boolean;
  /** Resolves when everything submitted so far is done with. */
  drained(): Promise<void>;
};

/** No commit waits for more than this many; the last of them would wait too long. */
const LARGEST_GROUP = 64;

type Member = {
  run: () => Promise<unknown>;
  acknowledged: Acknowledged;
  resolve(value: unknown): void;
  reject(fault: unknown): void;
};

/**
 * One connection, many transactions. They run one after the other, never interleaved, and those that wait at the same
 * moment share one `begin … commit`. Each has a savepoint of its own, so one that fails takes nobody with it. Nobody is
 * told of success before it is on the disk; while the disk is at work others run, and share what it does next.
 */
export function groupCommit(engine: Engine): Queue {
  const waiting: Member[] = [];
  const sync = shared(() => engine.sync());
  let working: Promise<void> | null = null;
  let telling: Promise<unknown> = Promise.resolve();

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const { committed = [], 'on-disk': patient = [] } = Object.groupBy(
        await commitGroup(engine, waiting),
        ({ member }) => member.acknowledged,
      );
      tell(committed);
      if (patient.length > 0)
        telling = sync().then(
          () => tell(patient),
          (fault: unknown) => patient.forEach(({ member }) => member.reject(fault)),
        );
    }
    working = null;
  }

  return {
    submit<T>(work: () => Promise<T>, acknowledged: Acknowledged = 'on-disk'): Promise<T> {
      // Work runs later, in the turn of whoever came first; it still belongs to the context of its own request.
      const inOwnContext = AsyncLocalStorage.snapshot();
      const promise = new Promise<unknown>((resolve, reject) => {
        waiting.push({ run: () => inOwnContext(work), acknowledged, resolve, reject });
      });
      // One turn of the event loop later, so that all requests that arrived together are in the same group.
      working ??= new Promise((done) => setImmediate(() => done(drain())));
      return promise as Promise<T>;
    },
    idle: () => working === null,
    drained: async () => {
      for (let current = working; current; current = working) await current;
      await telling;
    },
  };
}

function tell(done: Done): void {
  for (const { member, value } of done) member.resolve(value);
}

/** One at a time. Whoever calls while one is under way waits for the next, which begins after the call. */
function shared(work: () => Promise<void>): () => Promise<void> {
  let current = Promise.resolve();
  let next: Promise<void> | null = null;
  const begin = () => {
    next = null;
    return (current = work());
  };
  return () => (next ??= current.then(begin, begin));
}

type Done = { member: Member; value: unknown }[];

/** Answers who has something to be told once it is on the disk; whoever failed was told. */
async function commitGroup(engine: Engine, waiting: Member[]): Promise<Done> {
  const done: Done = [];
  try {
    engine.begin();
  } catch (fault) {
    // Whoever waits behind would only wait for the same lock again.
    for (const member of waiting.splice(0)) member.reject(fault);
    return [];
  }

  for (let taken = 0; waiting.length > 0 && taken < LARGEST_GROUP; taken++) {
    const member = waiting.shift();
    if (!member) break;
    try {
      engine.savepoint();
      const value = await member.run();
      engine.release();
      done.push({ member, value });
    } catch (fault) {
      const undone = attempt(() => engine.rollbackToSavepoint());
      member.reject(fault);
      if (undone && engine.inTransaction()) continue;
      attempt(() => engine.rollback());
      for (const lost of done) lost.member.reject(fault);
      return [];
    }
  }

  try {
    engine.commit();
  } catch (fault) {
    attempt(() => engine.rollback());
    for (const lost of done) lost.member.reject(fault);
    return [];
  }
  return done;
}

/** Undoing may fail because the database undid it already; what counts is the fault that led here. */
function attempt(undo: () => void): boolean {
  try {
    undo();
    return true;
  } catch {
    return false;
  }
}
