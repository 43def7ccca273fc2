import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import { Secret } from '#core/secret.ts';
import type { SigningKey } from '#store/rows.ts';
import type { Store, Writer } from '#store/store.ts';

const ALGORITHMS = ['ES256', 'RS256'] as const;
/** A new key is published for so long before it signs: applications may keep what they fetched for a day. */
const OVERLAP = Temporal.Duration.from({ hours: 24 });
/** An old key stays published until the last token it signed is past; refreshed and logout tokens included. */
const KEPT = Temporal.Duration.from({ hours: 48 });

/** The keys for now: made where there are none. Two processes that start at once end up with the same. */
export async function signingKeys(store: Store, now: Temporal.Instant): Promise<SigningKey[]> {
  const published = await store.read.signingKeys.published();
  if (published.length > 0) return published;
  const made = ALGORITHMS.map((algorithm) => newKey(algorithm, now, now));
  await store.transaction(async (tx) => {
    await lock(tx);
    if ((await tx.signingKeys.published()).length > 0) return;
    for (const key of made) await tx.signingKeys.create(key);
  });
  return store.read.signingKeys.published();
}

/** A new pair, published at once and signing after the overlap; the old one goes when its tokens are past. */
export async function rotateSigningKeys(store: Store, now: Temporal.Instant): Promise<SigningKey[]> {
  const signsFrom = now.add(OVERLAP);
  const made = ALGORITHMS.map((algorithm) => newKey(algorithm, now, signsFrom));
  await store.transaction(async (tx) => {
    await lock(tx);
    for (const old of await tx.signingKeys.published()) await tx.signingKeys.retire(old.id, signsFrom.add(KEPT));
    for (const key of made) await tx.signingKeys.create(key);
  });
  return made;
}

/** As a JWK Set, the one that signs now first in its algorithm: the library takes the first that fits. */
export function jwksOf(keys: readonly SigningKey[], now: Temporal.Instant): { keys: JWK[] } {
  const signs = (key: SigningKey) => Temporal.Instant.compare(key.signsFrom, now) <= 0;
  const newestFirst = keys.toSorted((a, b) => Temporal.Instant.compare(b.signsFrom, a.signsFrom));
  const ordered = [...newestFirst.filter(signs), ...newestFirst.filter((key) => !signs(key))];
  return {
    keys: ordered.map((key) => ({
      ...(JSON.parse(key.secret.reveal()) as JWK),
      kid: key.id,
      alg: key.algorithm,
      use: 'sig',
    })),
  };
}

/** Changes whenever {@link jwksOf} would. */
export function jwksVersion(keys: readonly SigningKey[], now: Temporal.Instant): string {
  return keys.map(({ id, signsFrom }) => `${id}:${Temporal.Instant.compare(signsFrom, now) <= 0}`).join(' ');
}

function newKey(algorithm: SigningKey['algorithm'], createdAt: Temporal.Instant, signsFrom: Temporal.Instant) {
  const { privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = new Secret(JSON.stringify(privateKey.export({ format: 'jwk' })));
  return { id: randomUUID(), algorithm, secret, createdAt, signsFrom, retiresAt: null };
}

/** Charged to nobody: the row of a budget is the one lock that any two processes share. */
async function lock(tx: Writer): Promise<void> {
  await tx.budgets.lock('signing-keys');
}
