import { useOptions } from '#authenticators/passkey/index.ts';
import type { Level } from '#core/assurance.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { refuse } from '#core/refusal.ts';
import { decide } from '#core/sign-in/decide.ts';
import type { Demand } from '#core/sign-in/state.ts';
import { normaliseAddress } from '#store/store.ts';
import { type Advanced, beginAt, type Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import { ORDINARY } from '../sign-in.ts';
import { newAttempt } from '../new-attempt.ts';
import { hashToken, newToken } from '../token.ts';
import { type Facts, factsAbout, loadFacts } from '../world.ts';
import { ceremonyFor, challengeFor, type Holder, rpIdOf } from './ceremony.ts';
import { spendPasskey } from './use.ts';

/** What a browser is asked on the sign-in page: any passkey it has for us, unlocked by its owner. */
export async function askForAnyPasskey(deps: Deps, browserToken: string) {
  const challenge = await challengeFor(deps, anybody(browserToken));
  return useOptions({ challenge, rpId: rpIdOf(deps.publicUrl), mustVerifyUser: true, allowed: [] });
}

/**
 * A passkey instead of address and password: both factors at once. Whose it is says the passkey, and nothing that was
 * typed. One refusal for everything, in the same words for every account and for none.
 */
export async function signInWithPasskey(
  deps: Deps,
  browser: Browser,
  browserToken: string | null,
  input: {
    answer: string;
    /** What stands in the address field. */
    typed: string;
    returnTo: string;
    /** What the place the person is going to asks of this account. */
    levelFor?: (account: string) => Promise<Level>;
  },
): Promise<Advanced> {
  const { store, clock, types } = deps;
  const now = clock.now();
  const handle = types.passkey.handleIn(input.answer);
  const found = handle ? await store.read.authenticators.byHandle(handle) : null;
  const facts = found && (await loadFacts(store.read, found.account, now));
  const bound = facts?.authenticators.find((one) => one.handle === handle) ?? null;
  const ceremony = await ceremonyFor(deps, anybody(browserToken ?? ''), {
    account: bound?.account ?? '',
    mustNameOwner: true,
    mustVerifyUser: true,
    policy: facts?.policy ?? DEFAULT_POLICY,
  });
  const finding = bound && (await types.passkey.verify(bound, input.answer, context(deps, ceremony)));
  const isOwner = facts !== null && facts.account.status === 'active' && (await isNamed(deps, facts, input.typed));
  if (!bound || !facts || !finding?.ok || !isOwner) return noteRefused(deps, browser, facts?.account.id ?? null);

  const demand: Demand = { ...ORDINARY, level: (await input.levelFor?.(bound.account)) ?? ORDINARY.level };
  const { token, tokenHash } = newToken();
  const advanced = await store.transaction(async (tx) => {
    const account = await tx.accounts.lock(bound.account);
    if (!account || account.securityEpoch !== facts.account.securityEpoch) return null;
    const scene = { deps, tx, facts: await factsAbout(tx, account, now), origin: browser.origin, now, audit: [] };
    const lost = await spendPasskey(scene, bound, finding);
    for (const entry of scene.audit) await tx.audit.append(entry);
    if (lost) return null;
    const its = { tokenHash, session: null, returnTo: input.returnTo, demand, lives: DEFAULT_POLICY.attemptLives };
    const attempt = newAttempt(account, its, now);
    return beginAt(deps, tx, account, attempt, browser, (world) =>
      decide(attempt.state, { type: 'proved', evidence: finding.evidence, remember: false }, world),
    );
  });
  if (!advanced) return noteRefused(deps, browser, bound.account);
  const stays = advanced.state && advanced.state.at !== 'complete' && advanced.state.at !== 'refused';
  return stays ? { ...advanced, keep: { ...advanced.keep, attempt: token } } : advanced;
}

/** Somebody who is nobody yet: all that is known is that it is the same browser. */
function anybody(browserToken: string): Holder {
  return { holder: `browser:${Buffer.from(hashToken(browserToken)).toString('base64url')}`, purpose: 'only' };
}

/**
 * Whether what stands in the address field speaks against the owner. A few letters, typed before the browser offered its
 * passkeys, name nobody; another address does, and then somebody expects to be somebody else.
 */
async function isNamed({ store }: Deps, { account }: Facts, typed: string): Promise<boolean> {
  const text = normaliseAddress(typed);
  if (!text.includes('@')) return true;
  const addresses = await store.read.accounts.addresses(account.id);
  return addresses.some(({ address }) => normaliseAddress(address).startsWith(text));
}

function context({ clock }: Deps, ceremony: Awaited<ReturnType<typeof ceremonyFor>>) {
  return { now: clock.now(), wall: clock.wall(), challenge: null, others: [], ceremony };
}

async function noteRefused({ store, clock }: Deps, { origin }: Browser, account: string | null): Promise<Advanced> {
  await store.transaction((tx) =>
    tx.audit.append({ at: clock.now(), event: 'passkey.refused', actor: null, account, ...origin, detail: {} }),
  );
  return { state: null, keep: {}, refused: refuse('passkey-refused') };
}
