import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Around } from './around.ts';
import { errors } from './library.ts';

/** Longer than this nobody needs to send one assertion to us; and its name has to be remembered that long. */
const LONGEST_SECONDS = 60 * 60;
const TOLERANCE_SECONDS = 5;
const ID_TOKEN_TYPES: readonly unknown[] = [undefined, 'JWT'];
const ASSERTION_TYPES: readonly unknown[] = [...ID_TOKEN_TYPES, 'client-authentication+jwt'];

/**
 * What the library leaves open in a client assertion (RFC 7523 §3). One audience, so that what is meant for others as
 * well isn't good here: whoever among them received it first could send it on.
 */
export function assertionRule({ deps: { clock } }: Pick<Around, 'deps'>) {
  return (ctx: KoaContextWithOIDC, claims: object, header: object): void => {
    const { aud, exp, iat } = claims as Record<string, unknown>;
    const audiences = Array.isArray(aud) ? aud : [aud];
    const now = clock.wall().epochMilliseconds / 1000;
    const say = (sentence: string) => new errors.InvalidClientAuth(sentence);
    if (!isSpeltOut(ctx.oidc.params?.['client_assertion'])) throw say('the assertion is not in the one form it has');
    if (audiences.length !== 1) throw say('the assertion must be for one audience');
    if (ctx.oidc.isFapi('2.0') && aud !== ctx.oidc.issuer) throw say('the audience must be the issuer identifier');
    if (iat !== undefined && !(Number(iat) <= now + TOLERANCE_SECONDS)) throw say('the assertion is from the future');
    if (!(Number(exp) <= now + LONGEST_SECONDS)) throw say('the assertion lives too long');
    if (!ASSERTION_TYPES.includes(Reflect.get(header, 'typ'))) throw say('this is not a client assertion');
  };
}

/**
 * A hint is an ID token of ours: not another kind of token that happens to be signed by us and to be for the application,
 * and not one that somebody has written in another way.
 */
export function strictHints(provider: Provider): void {
  const { IdToken } = provider;
  const validate = IdToken.validate.bind(IdToken);
  IdToken.validate = async (token, client) => {
    const said = await validate(token, client);
    if (!isSpeltOut(token) || !ID_TOKEN_TYPES.includes(said.header['typ'])) throw new Error('this is not an ID token');
    return said;
  };
}

/** Base64url has bits to spare, and who decodes it overlooks a line's end: one token in two spellings looks like two. */
function isSpeltOut(token: unknown): boolean {
  if (typeof token !== 'string') return false;
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

/**
 * The name of an assertion or proof is good once. The library looks first and writes then, and lets two at once through;
 * here one conditional write decides.
 */
export function seeOnce(provider: Provider, { deps: { store, clock } }: Pick<Around, 'deps'>): void {
  provider.ReplayDetection.unique = async (issuer, name, until) => {
    const now = clock.now();
    const row = {
      model: 'ReplayDetection',
      key: createHash('sha256')
        .update(JSON.stringify([issuer, name]))
        .digest(),
      payload: {},
      grantId: null,
      uid: null,
      account: null,
      application: null,
      expiresAt: now.add({ seconds: Math.max(1, Math.ceil(until - clock.wall().epochMilliseconds / 1000)) }),
    };
    return store.transaction(async (tx) => {
      await tx.oidc.put(row, now);
      return tx.oidc.consume(row.model, row.key, now);
    });
  };
}
