import { secretOf } from '#authenticators/sms/secret.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { Secret } from '#core/secret.ts';
import { budgetKey } from '#flows/budget.ts';
import { hashToken } from '#flows/token.ts';
import type { Writer } from '#store/store.ts';
import type { On } from './days.ts';
import type { Hashes } from './hashes.ts';
import { ORIGIN } from './history.ts';
import { rowId } from './known.ts';
import { HOUSES } from './organisations.ts';
import { type Person, secretsOf } from './person.ts';

const REMEMBERED_DAYS = 30;

/** Password, apps, number, card and backup code. */
export async function bindAll(tx: Writer, person: Person, hashes: Hashes, on: On): Promise<void> {
  const hashed = hashes.get(person);
  if (!hashed) throw new Error(`${person.id} has not been hashed`);
  const row = {
    account: person.id,
    label: '',
    hint: '',
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    boundBy: person.id,
  };
  const boundAt = on(person.changedOn ?? person.joinedOn);
  await tx.authenticators.bind({
    ...row,
    id: rowId.password(person),
    type: 'password',
    secret: hashed.password,
    boundAt,
  });
  const secrets = secretsOf(person);
  const lastUsedAt = person.apps.length > 0 ? on(person.signIns.at(-1) ?? 0) : null;
  for (const [index, { label, boundOn, state }] of person.apps.entries()) {
    const isOff = state === 'switched-off';
    await tx.authenticators.bind({
      ...row,
      id: rowId.app(person, index),
      type: 'totp',
      label,
      secret: new Secret<Uint8Array>(secrets.totp(index)),
      boundAt: on(boundOn),
      lastUsedAt,
      failures: isOff ? 100 : 0,
      disabledAt: isOff ? on(-1) : null,
    });
  }
  const enrolledAt = on(person.apps[0]?.boundOn ?? person.joinedOn);
  if (person.phone) {
    const hint = person.phone.slice(-3);
    const secret = secretOf(person.phone);
    await tx.authenticators.bind({ ...row, id: rowId.phone(person), type: 'sms', hint, secret, boundAt: enrolledAt });
  }
  if (person.card && hashed.card) {
    const { boundOn, used } = person.card;
    await tx.authenticators.bind({
      ...row,
      id: rowId.card(person),
      type: 'code-card',
      label: HOUSES[person.houses[0] ?? 'quillwharf'].name,
      hint: String(DEFAULT_POLICY.codesOnCard),
      secret: hashed.card,
      boundAt: on(boundOn),
      lastUsedAt: on(person.signIns.at(-1) ?? boundOn),
      counter: used,
    });
  }
  if (hashed.backupCode) {
    const id = rowId.backupCode(person);
    const hint = secrets.backupCode.reveal().slice(0, 4);
    const code = { ...row, id, type: 'backup-code', hint, secret: hashed.backupCode, boundAt: enrolledAt };
    await tx.authenticators.bind(code);
    if (person.backupCode === 'spent') await tx.authenticators.unbind(id, on(-4), 'spent');
  }
}

/** Devices that were remembered, under the epoch of their day. */
export async function rememberAll(tx: Writer, person: Person, on: On): Promise<void> {
  for (const [index, { userAgent, rememberedOn }] of person.devices.entries())
    await tx.devices.create({
      id: rowId.device(person, index),
      tokenHash: hashToken(secretsOf(person).deviceToken(index)),
      account: person.id,
      securityEpoch: epochOf(person, rememberedOn),
      userAgent,
      address: ORIGIN.address,
      createdAt: on(rememberedOn),
      lastUsedAt: on(rememberedOn + 1),
      expiresAt: on(rememberedOn + REMEMBERED_DAYS),
    });
}

/** What strangers spent: twenty codes in an hour, or passwords for most of a day. */
export async function guessAll(tx: Writer, { id, address, guessed }: Person, start: Temporal.Instant): Promise<void> {
  const charges = (count: number, everySeconds: number) =>
    Array.from({ length: count }, (_, index) => start.subtract({ seconds: (count - index) * everySeconds }));
  if (guessed === 'codes') await tx.budgets.save(budgetKey.guesses(id), charges(20, 200));
  if (guessed === 'passwords') await tx.budgets.save(budgetKey.passwords(address), charges(100, 60));
}

/** The epoch that held on a day: a change of password raised it once. */
export function epochOf({ changedOn }: Person, day: number): number {
  return changedOn !== null && day >= changedOn ? 2 : 1;
}
