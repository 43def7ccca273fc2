import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type Cbor, cbor, join } from './cbor.ts';

/** An authenticator with the browser around it, in software: it answers rightly, or wrongly in what a test alters. */
export type SoftAuthenticator = {
  id: Uint8Array;
  userHandle: string;
  counter: number;
  create(options: CreationOptions, altered?: Altered): string;
  get(options: RequestOptions, altered?: Altered): string;
  /** The same key in somebody else's hands. */
  clone(): SoftAuthenticator;
};

export type CreationOptions = {
  challenge: string;
  rp: { id: string };
  user: { id: string };
  excludeCredentials: { id: string }[];
};
export type RequestOptions = { challenge: string; rpId: string };

/** One thing at a time; everything else is as it should be. */
export type Altered = {
  /** Of the client data; `undefined` takes a member out. */
  client?: Record<string, unknown>;
  /** The client data as bytes, whatever the rest says. */
  clientBytes?: (bytes: Uint8Array) => Uint8Array;
  /** Bits on or off: UP 1, UV 4, BE 8, BS 16, AT 64, ED 128. */
  flags?: { on?: number; off?: number };
  counter?: number;
  rpId?: string;
  /** The finished authenticator data. Signed as altered, unless `afterSigning`. */
  data?: (bytes: Uint8Array) => Uint8Array;
  dataAfterSigning?: (bytes: Uint8Array) => Uint8Array;
  signature?: (bytes: Uint8Array) => Uint8Array;
  signWith?: KeyObject;
  /** The COSE key that goes into the new credential. */
  key?: (key: Map<Cbor, Cbor>) => Cbor;
  credentialId?: Uint8Array;
  attestation?: (parts: { authData: Uint8Array; clientHash: Uint8Array; key: KeyObject }) => Cbor;
  /** The finished JSON. */
  json?: (answer: Record<string, unknown>) => unknown;
  response?: (response: Record<string, unknown>) => Record<string, unknown>;
  userHandle?: string | null;
};

export const UP = 1;
export const UV = 4;
export const BE = 8;
export const BS = 16;
export const AT = 64;
export const ED = 128;

type Wish = {
  origin: string;
  flags?: number;
  counter?: number;
  aaguid?: string;
  algorithm?: 'ES256' | 'EdDSA' | 'RS256';
};

/** `counter` −1: one that does not count and always says zero. */
export function softAuthenticator(wish: Wish, pair = keyPair(wish.algorithm)): SoftAuthenticator {
  const { origin, flags = UP | UV, aaguid = '00000000-0000-0000-0000-000000000000' } = wish;
  const self: SoftAuthenticator = {
    id: Uint8Array.from(randomBytes(32)),
    userHandle: '',
    counter: wish.counter ?? 1,
    create(options, altered = {}) {
      self.userHandle = options.user.id;
      const client = clientData('webauthn.create', options.challenge, origin, altered);
      const id = altered.credentialId ?? self.id;
      const key = altered.key ? altered.key(coseKey(pair.publicKey)) : coseKey(pair.publicKey);
      const size = Uint8Array.of(id.length >> 8, id.length & 255);
      const credential = join(Uint8Array.from(Buffer.from(aaguid.replaceAll('-', ''), 'hex')), size, id, cbor(key));
      const plain = join(head(altered.rpId ?? options.rp.id, flags | AT, self.counter, altered), credential);
      const authData = altered.data?.(plain) ?? plain;
      const attestation =
        altered.attestation?.({ authData, clientHash: sha256(client), key: pair.privateKey }) ?? none(authData);
      const response = {
        clientDataJSON: text(client),
        attestationObject: text(cbor(attestation)),
        transports: ['internal'],
      };
      return answer(id, response, altered);
    },
    get(options, altered = {}) {
      if (self.counter >= 0) self.counter += 1;
      const client = clientData('webauthn.get', options.challenge, origin, altered);
      const plain = head(altered.rpId ?? options.rpId, flags, self.counter, altered);
      const authData = altered.data?.(plain) ?? plain;
      const signed = signature(altered.signWith ?? pair.privateKey, join(authData, sha256(client)));
      const { userHandle = self.userHandle } = altered;
      const response = {
        clientDataJSON: text(client),
        authenticatorData: text(altered.dataAfterSigning?.(authData) ?? authData),
        signature: text(altered.signature?.(signed) ?? signed),
        ...(userHandle !== null && { userHandle }),
      };
      return answer(altered.credentialId ?? self.id, response, altered);
    },
    clone: () => {
      const { id, userHandle, counter } = self;
      return Object.assign(softAuthenticator(wish, pair), { id, userHandle, counter });
    },
  };
  return self;
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

export function sha256(bytes: Uint8Array | string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}

export function signature(key: KeyObject, data: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', data, key));
}

export function keyPair(algorithm: 'ES256' | 'EdDSA' | 'RS256' = 'ES256') {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

export function coseKey(key: KeyObject): Map<Cbor, Cbor> {
  const { kty, x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const part = (value: string) => Uint8Array.from(Buffer.from(value, 'base64url'));
  if (kty === 'OKP')
    return new Map<Cbor, Cbor>([
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, part(x)],
    ]);
  if (kty === 'RSA')
    return new Map<Cbor, Cbor>([
      [1, 3],
      [3, -257],
      [-1, part(n)],
      [-2, part(e)],
    ]);
  return new Map<Cbor, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, part(x)],
    [-3, part(y)],
  ]);
}

export function attestationOf(fmt: string, statement: Cbor, authData: Uint8Array): Cbor {
  return new Map<Cbor, Cbor>([
    ['fmt', fmt],
    ['attStmt', statement],
    ['authData', authData],
  ]);
}

function none(authData: Uint8Array): Cbor {
  return attestationOf('none', new Map<Cbor, Cbor>(), authData);
}

function clientData(type: string, challenge: string, origin: string, { client, clientBytes }: Altered): Uint8Array {
  const bytes = Uint8Array.from(
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...client })),
  );
  return clientBytes?.(bytes) ?? bytes;
}

function head(rpId: string, flags: number, counter: number, altered: Altered): Uint8Array {
  const { on = 0, off = 0 } = altered.flags ?? {};
  const count = Buffer.alloc(4);
  count.writeUInt32BE(Math.max(0, altered.counter ?? counter));
  return join(sha256(rpId), Uint8Array.of((flags | on) & ~off), Uint8Array.from(count));
}

function answer(id: Uint8Array, response: Record<string, unknown>, altered: Altered): string {
  const whole = {
    id: text(id),
    rawId: text(id),
    type: 'public-key',
    authenticatorAttachment: 'platform',
    clientExtensionResults: {},
    response: altered.response?.(response) ?? response,
  };
  return JSON.stringify(altered.json ? altered.json(whole) : whole);
}
