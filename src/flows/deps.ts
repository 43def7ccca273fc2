import type { AuthenticatorTypes } from '#authenticators/index.ts';
import type { PushTransport } from '#outbox/transport.ts';
import type { Store } from '#store/store.ts';

/** The two times of the program. `main.ts` makes it; nobody else reads a clock. */
export type Clock = {
  /** What campaigns, sessions and policies see; the demonstration can move it. */
  now(): Temporal.Instant;
  /** What hangs on the wall: a real phone computes its codes from it. */
  wall(): Temporal.Instant;
  /** How long the server has been up, all its lives together. Whoever turns the other two does not turn this one. */
  livedMs(): number;
};

/** What the flows need to do their work. */
export type Deps = {
  store: Store;
  clock: Clock;
  types: AuthenticatorTypes;
  publicUrl: URL;
  /** A text-message provider is configured. */
  smsAvailable: boolean;
  /** Which addresses of phones notifications may go to; null where there are none. */
  push: Pick<PushTransport, 'accepts'> | null;
  /** Something was queued: send it now rather than at the next round. */
  wake(): void;
};

/** Where a request comes from; for the audit, the list of sessions and the notices. */
export type Origin = { address: string; userAgent: string; request: string };
