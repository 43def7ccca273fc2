import { randomBytes, randomUUID } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import { tellOwner } from '../notice.ts';
import type { Scene } from '../scene.ts';
import type { Who } from '../session.ts';
import { hashToken } from '../token.ts';
import { loadFacts } from '../world.ts';
import { lineOf } from './case.ts';
import { ownMember } from './freeze.ts';
import { refusesHelper } from './standing.ts';

/** Crockford's base 32, as on the backup code: nothing on paper looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 16;

export type Made = { code: Secret; name: string; until: Temporal.Instant };

/**
 * A voucher for somebody who cannot enrol alone: shown once, to be handed over in person, good for a day. It stands in
 * for the mailed code and for nothing else: whoever finds it still needs the password.
 */
export function makeVoucher(deps: Deps, browser: Browser, who: Who, address: string): Promise<Made | Refused> {
  const helper = who.session.account;
  if (!who.isFresh) return Promise.resolve(refuse('fresh-proof-required'));
  if (address.trim() === '') return Promise.resolve(refuse('address-missing'));
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const member = await ownMember(tx, helper, address);
    if (!member || !(await tx.accounts.lock(member.account))) return refuse('nobody-here');
    const facts = await loadFacts(tx, member.account, now);
    if (!facts) return refuse('nobody-here');
    const refused = await refusesHelper(tx, helper, facts, member.organisation, now);
    if (refused) return refused;
    const own = await tx.accounts.memberships(helper);
    const isAdministrator = own.some(
      (one) => one.organisation.id === member.organisation && one.role === 'administrator',
    );
    if (!isAdministrator) return refuse('administrators-only');
    if (facts.account.status !== 'active') return refuse('account-disabled');
    if (facts.enrolment !== 'none') return refuse('voucher-not-needed');

    const code = newCode();
    const until = now.add(facts.policy.voucherLives);
    await tx.recovery.createVoucher({
      id: randomUUID(),
      account: facts.account.id,
      organisation: member.organisation,
      codeHash: hashOf(code.reveal()),
      madeBy: helper,
      createdAt: now,
      expiresAt: until,
      endedAt: null,
    });
    const scene = { deps, tx, facts, origin: browser.origin, now };
    await tellOwner(scene, { kind: 'voucher-made', values: {} });
    await tx.audit.append(lineOf({ ...scene, actor: helper }, 'voucher.made', { until: until.toString() }));
    return { code, name: facts.account.name, until };
  });
}

/** Whether what was typed where six digits are asked for is a voucher. */
export function isVoucher(typed: string): boolean {
  return compact(typed).length === SYMBOLS;
}

/** Spends the voucher: of two who bring it at once, one goes on. */
export async function useVoucher(scene: Scene, typed: string): Promise<boolean> {
  const used = await scene.tx.recovery.useVoucher(scene.facts.account.id, hashOf(typed), scene.now);
  if (!used) return false;
  scene.audit.push(lineOf({ ...scene, actor: scene.facts.account.id }, 'voucher.used', {}));
  await tellOwner(scene, { kind: 'voucher-used', values: {} });
  return true;
}

function newCode(): Secret {
  // Five bits of each byte: 32 divides 256, so every symbol is equally likely.
  const symbols = Array.from(randomBytes(SYMBOLS), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return new Secret((symbols.match(/.{4}/g) ?? []).join('-'));
}

/** Eighty random bits need no salt (NIST SP 800-63B-4 §3.1.2). */
function hashOf(typed: string): Uint8Array {
  return hashToken(compact(typed));
}

function compact(typed: string): string {
  const text = typed.replaceAll(/[\s-]/g, '').slice(0, 100);
  return text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
