import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign as signWith } from 'node:crypto';

type Part = Record<string, unknown>;
export type Forged = readonly [what: string, token: string];

/** A key as its owner has it: what is public of it, and, where the owner is the forger, what is not. */
export type Owned = { publicJwk: Part; kid: string; alg: 'ES256' | 'RS256' };

/** Somewhere that notices when a key is fetched for a token. */
export type Bait = { url: string };

/** Keys that belong to nobody here. */
const OWN = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/**
 * What somebody without the key makes of a token: no signature, one by a key of their own under every name, one by the
 * public key taken for a secret, and the token itself with something moved. `secrets`: more that may be taken for one.
 */
export function forgeries(
  genuine: string,
  { publicJwk, kid, alg }: Owned,
  bait: Bait,
  secrets: string[] = [],
): Forged[] {
  const [head = '', body = '', signature = ''] = genuine.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Part;
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Part;
  const own = OWN[alg];
  const other = alg === 'ES256' ? 'RS256' : 'ES256';
  const mine = (changed: Part) => signed({ ...header, ...changed }, payload, own.privateKey, alg);
  const ownJwk = own.publicKey.export({ format: 'jwk' }) as Part;
  return [
    ...['none', 'None', 'NONE', 'nOnE', ''].map(
      (one): Forged => [`alg ${one}`, `${part({ ...header, alg: one })}.${body}.`],
    ),
    ['alg none, the signature kept', `${part({ ...header, alg: 'none' })}.${body}.${signature}`],
    ['no alg', `${part({ ...header, alg: undefined })}.${body}.${signature}`],
    ['no signature', `${head}.${body}.`],
    ['two parts', `${head}.${body}`],
    ['four parts', `${genuine}.${signature}`],
    ['five parts', `${head}..${body}.${signature}.`],
    ...[...secretsOf(publicJwk), ...secrets].map(
      (secret, i): Forged => [
        `HS256 with what is public, ${i}`,
        withSecret({ ...header, alg: 'HS256' }, payload, secret),
      ],
    ),
    ['a key of their own under its name', mine({})],
    ['the other kind of key', signed({ ...header, alg: other }, payload, OWN[other].privateKey, other)],
    ['the other kind of algorithm', `${part({ ...header, alg: other })}.${body}.${signature}`],
    ['PS256 said, RS256 done', signed({ ...header, alg: 'PS256' }, payload, OWN.RS256.privateKey, 'RS256')],
    ['an unknown name', mine({ kid: 'unknown' })],
    ['no name', mine({ kid: undefined })],
    ['a path for a name', mine({ kid: '../../../../../dev/null' })],
    ['a query for a name', mine({ kid: "x' union select 'AAAA' --" })],
    ['an address for a name', mine({ kid: bait.url })],
    ['a list for a name', mine({ kid: [kid] })],
    ['a key beside it', mine({ jwk: ownJwk })],
    ['a key beside it, nameless', mine({ jwk: ownJwk, kid: undefined })],
    ['an address of keys', mine({ jku: `${bait.url}/keys`, kid: 'mine' })],
    ['an address of certificates', mine({ x5u: `${bait.url}/chain`, x5c: ['AAAA'], kid: 'mine' })],
    ['an extension', mine({ crit: ['exp'], exp: 1 })],
    ['an unencoded payload', mine({ crit: ['b64'], b64: false })],
    ['a token in a token', signed({ ...header, cty: 'JWT' }, genuine, own.privateKey, alg)],
    ['a flipped bit', `${head}.${body}.${flipped(signature)}`],
    ['a zero signature', `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`],
    ['an empty DER signature', `${head}.${body}.${Buffer.from('3006020100020100', 'hex').toString('base64url')}`],
    ['another payload', `${head}.${part({ ...payload, sub: 'somebody' })}.${signature}`],
    ['a payload that is a list', `${head}.${part([payload])}.${signature}`],
    ['a payload that is no JSON', `${head}.${Buffer.from('{').toString('base64url')}.${signature}`],
    ['a header that is no JSON', `${Buffer.from('{').toString('base64url')}.${body}.${signature}`],
    ['a header deep as a well', `${Buffer.from('['.repeat(2_000)).toString('base64url')}.${body}.${signature}`],
    ['padding', `${head}.${body}.${signature}=`],
    ['a space before', ` ${genuine}`],
    ['a line after', `${genuine}\n`],
    ['a space within', `${head}. ${body}.${signature}`],
    ['text', 'token'],
    ['nothing', '.'],
    ['dots', '..'],
    ['JSON', JSON.stringify({ payload: body, protected: head, signature })],
    ['a kilobyte of junk', `${head}.${body}.${'A'.repeat(1024)}`],
  ];
}

/** Signed with the right key, by its owner, who says something they may not. */
export function signed(header: Part, payload: Part | string, key: KeyObject, alg: 'ES256' | 'RS256'): string {
  const body = typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : part(payload);
  const text = `${part(header)}.${body}`;
  const how = alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  return `${text}.${signWith('sha256', Buffer.from(text), how).toString('base64url')}`;
}

export function withSecret(header: Part, payload: Part, secret: string | Buffer): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** A public key in every form in which somebody could have handed it to HMAC. */
function secretsOf(jwk: Part): (string | Buffer)[] {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const raw = [jwk['x'], jwk['n']].filter((one) => typeof one === 'string');
  const pem = key.export({ format: 'pem', type: 'spki' });
  return [
    pem,
    pem.trim(),
    pem.replaceAll('\n', ''),
    key.export({ format: 'der', type: 'spki' }),
    JSON.stringify(jwk),
    ...raw.flatMap((one) => [one, Buffer.from(one, 'base64url')]),
    '',
  ];
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function flipped(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64url');
}
