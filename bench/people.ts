import { randomUUID } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import type { Nachtslot } from '#src/main.ts';

export type BenchPerson = { id: string; email: string; totp: Uint8Array };

export const PASSWORD = 'quiet harbour lamp seventeen';

/** An organisation of people with password, app and backup code, all with one real password hash. */
export async function people(nachtslot: Nachtslot, count: number): Promise<BenchPerson[]> {
  const { store, types, clock } = nachtslot.deps;
  const now = clock.now();
  const hash = await types.password.toStored(PASSWORD);
  const backup = await types.backupCode.toStored(types.backupCode.make());
  if ('refusal' in hash || 'refusal' in backup) throw new Error('too busy to make people');
  const organisation = randomUUID();
  const row = { label: '', boundAt: now, lastUsedAt: null, counter: -1, failures: 0, disabledAt: null, boundBy: '' };
  const made = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    email: `person-${n}@bench.example`,
    totp: crypto.getRandomValues(new Uint8Array(20)),
  }));
  await store.transaction(async (tx) => {
    await tx.organisations.create({
      id: organisation,
      slug: 'bench',
      name: 'Bench',
      language: 'en',
      timeZone: 'Europe/London',
      policy: {},
      helpContact: '',
      colour: '',
      createdAt: now,
    });
    for (const { id, email, totp } of made) {
      const account = { id, name: 'Grace', language: 'en', status: 'active', securityEpoch: 0 } as const;
      await tx.accounts.create({ ...account, firstSignInAt: now, createdAt: now }, [
        { account: id, address: email, primary: true, confirmedAt: now },
      ]);
      await tx.accounts.join({ account: id, organisation, role: 'member', joinedAt: now });
      const bind = (type: string, hint: string, secret: Secret<Uint8Array>) =>
        tx.authenticators.bind({ ...row, id: randomUUID(), account: id, type, hint, secret });
      await bind('password', '', hash.secret);
      await bind('totp', '', new Secret(totp));
      await bind('backup-code', backup.hint, backup.secret);
    }
  });
  return made;
}
