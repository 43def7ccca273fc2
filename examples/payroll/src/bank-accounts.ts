import type { Hold } from './hold.ts';
import type { Session } from './sessions.ts';

type Owner = Pick<Session, 'subject' | 'employers'>;

/** Where somebody's wages go, and what is to come. */
export type BankAccount = {
  iban: string;
  changedAt: Date | null;
  pending: { iban: string; askedAt: Date; hold: Hold } | null;
};

/** A real payroll has a database here. */
export function createBankAccounts(firstIban: (owner: Owner) => string) {
  const accounts = new Map<string, BankAccount>();

  /** As it is at `now`: a change whose time has come is a change. */
  function of(owner: Owner, now: Date): BankAccount {
    const account = accounts.get(owner.subject) ?? { iban: firstIban(owner), changedAt: null, pending: null };
    const { pending } = account;
    if (!pending || pending.hold.until > now) return account;
    return { iban: pending.iban, changedAt: pending.hold.until, pending: null };
  }

  return {
    of,
    /** At once, or when the hold is over. A new wish replaces one that still waits. */
    change(owner: Owner, iban: string, hold: Hold | null, now: Date): void {
      const account = of(owner, now);
      accounts.set(
        owner.subject,
        hold ? { ...account, pending: { iban, askedAt: now, hold } } : { iban, changedAt: now, pending: null },
      );
    },
    /** The owner has thought again, or it was not the owner. */
    cancel(owner: Owner, now: Date): void {
      accounts.set(owner.subject, { ...of(owner, now), pending: null });
    },
  };
}
