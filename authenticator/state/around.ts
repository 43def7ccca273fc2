import type { Notifications } from './notifications.ts';

/** What the parts of the model need of the whole. */
export type Around = {
  /** Every act goes through it: what goes wrong is said on the screen. */
  act(what: () => Promise<void>): Promise<void>;
  /** Reads the vault again. */
  reload(): Promise<void>;
  notifications: Notifications;
};
