import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  AT,
  type Altered,
  attestationOf,
  BE,
  BS,
  ED,
  keyPair,
  sha256,
  signature,
  text,
  UP,
  UV,
} from '#test/support/authenticator.ts';
import { type Cbor, cbor, join, Raw } from '#test/support/cbor.ts';

/** One field wrong, everything else right. */
export type Corpus = Record<string, Altered>;

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const map = (...entries: [Cbor, Cbor][]) => new Map<Cbor, Cbor>(entries);

/** `ours`: where the program stands, with `https`. */
function clientData(ours: URL, type: string, otherType: string): Corpus {
  const { hostname } = ours;
  const origins = {
    'somebody else': 'https://evil.test',
    'plain http': `http://${hostname}`,
    'another port': `https://${hostname}:8443`,
    'ours as the beginning of another': `https://${hostname}.evil.test`,
    'a host below ours': `https://login.${hostname}`,
    'with a slash': `https://${hostname}/`,
    null: 'null',
    'none at all': undefined,
    'a list': [ours.origin],
  };
  const challenges = { other: text(randomBytes(32)), empty: '', missing: undefined, 'a number': 7, 'a list': ['x'] };
  return {
    'type of the other ceremony': { client: { type: otherType } },
    'type unknown': { client: { type: 'payment.get' } },
    'type missing': { client: { type: undefined } },
    'in a frame': { client: { crossOrigin: true } },
    'in a frame, with its top': { client: { crossOrigin: true, topOrigin: 'https://evil.test' } },
    'a top without a frame': { client: { topOrigin: ours.origin } },
    'crossOrigin as a word': { client: { crossOrigin: 'true' } },
    'a broken token binding': { client: { tokenBinding: { status: 'stolen' } } },
    'client data: not JSON': { clientBytes: () => bytes('7b7b7b') },
    'client data: null': { clientBytes: () => Uint8Array.from(Buffer.from('null')) },
    'client data: a list': { clientBytes: () => Uint8Array.from(Buffer.from(`["${type}"]`)) },
    'client data: not UTF-8': { clientBytes: () => bytes('fffefdfc') },
    'client data: empty': { response: (one) => ({ ...one, clientDataJSON: '' }) },
    'client data: missing': { response: (one) => ({ ...one, clientDataJSON: undefined }) },
    'client data: a number': { response: (one) => ({ ...one, clientDataJSON: 5 }) },
    'client data: huge': { response: (one) => ({ ...one, clientDataJSON: 'A'.repeat(30_000) }) },
    ...Object.fromEntries(Object.entries(origins).map(([name, origin]) => [`origin: ${name}`, { client: { origin } }])),
    ...Object.fromEntries(
      Object.entries(challenges).map(([name, challenge]) => [`challenge: ${name}`, { client: { challenge } }]),
    ),
  };
}

/** The JSON around it. */
const ENVELOPE: Corpus = {
  nothing: { json: () => null },
  'a list': { json: () => [] },
  'a number': { json: () => 5 },
  'without a response': { json: (one) => ({ ...one, response: undefined }) },
  'a response that is a text': { json: (one) => ({ ...one, response: 'x' }) },
  'id without rawId': { json: (one) => ({ ...one, rawId: undefined }) },
  'rawId without id': { json: (one) => ({ ...one, id: undefined }) },
  'rawId of another': { json: (one) => ({ ...one, rawId: text(randomBytes(32)) }) },
  'id with padding': { json: (one) => ({ ...one, id: `${String(one['id'])}=`, rawId: `${String(one['id'])}=` }) },
  'type of another credential': { json: (one) => ({ ...one, type: 'password' }) },
  'type missing': { json: (one) => ({ ...one, type: undefined }) },
  'a prototype': { json: (one) => ({ ...one, ['__proto__']: { id: 'x' }, response: { constructor: 1 } }) },
};

/** Flags and the rest of the authenticator data, the same in both ceremonies. */
const DATA: Corpus = {
  'for another site': { rpId: 'evil.test' },
  'for the domain above': { rpId: 'example.test' },
  'nobody was there (UP=0)': { flags: { off: UP } },
  'backed up and yet not to be backed up': { flags: { on: BS, off: BE } },
  'extensions announced and missing': { flags: { on: ED } },
  'one byte short': { data: (all) => all.slice(0, -1) },
  'bytes behind it': { data: (all) => join(all, bytes('00')) },
  empty: { data: () => new Uint8Array(0) },
};

export function wrongAssertions(ours: URL): Corpus {
  const stranger = keyPair().privateKey;
  return {
    ...clientData(ours, 'webauthn.get', 'webauthn.create'),
    ...ENVELOPE,
    ...DATA,
    'attested data announced and missing': { flags: { on: AT } },
    'may be copied, suddenly (BE)': { flags: { on: BE } },
    'is copied, suddenly (BE and BS)': { flags: { on: BE | BS } },
    'signature: one bit': { signature: (one) => one.map((byte, at) => (at === 12 ? byte ^ 1 : byte)) },
    'signature: empty': { response: (one) => ({ ...one, signature: '' }) },
    'signature: missing': { response: (one) => ({ ...one, signature: undefined }) },
    'signature: of another key': { signWith: stranger },
    'signature: of an RSA key': { signWith: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey },
    'signature: over other data': { dataAfterSigning: (all) => all.with(33, 0xff) },
    'signature: not DER': { signature: () => bytes('deadbeef') },
    'signature: DER cut off': { signature: (one) => one.slice(0, -3) },
    'signature: DER with something behind it': { signature: (one) => join(one, bytes('0000')) },
    'signature: zeros': { signature: () => bytes('3006020100020100') },
    'data: counter raised after signing': { dataAfterSigning: (all) => all.with(36, 200) },
    'data: missing': { response: (one) => ({ ...one, authenticatorData: undefined }) },
    'data: not base64url': { response: (one) => ({ ...one, authenticatorData: '+/==' }) },
    'credential unknown': { credentialId: Uint8Array.from(randomBytes(32)) },
    'credential id of 1024 bytes': { credentialId: Uint8Array.from(randomBytes(1024)) },
    'credential id empty': { credentialId: new Uint8Array(0) },
    'named for somebody else': {
      userHandle: text(Uint8Array.from(Buffer.from('00000000-0000-4000-8000-000000000000'))),
    },
    'named as no text': { response: (one) => ({ ...one, userHandle: 7 }) },
  };
}

export function wrongRegistrations(ours: URL): Corpus {
  const deep = join(...Array.from({ length: 1000 }, () => bytes('81')), bytes('00'));
  const withKey = (key: (sound: Map<Cbor, Cbor>) => Cbor): Altered => ({ key });
  const changed = (...entries: [Cbor, Cbor][]) => withKey((sound) => map(...sound, ...entries));
  const attested = (fmt: string, statement: Cbor): Altered => ({
    attestation: ({ authData }) => attestationOf(fmt, statement, authData),
  });
  return {
    ...clientData(ours, 'webauthn.create', 'webauthn.get'),
    ...ENVELOPE,
    ...DATA,
    'no credential in it': { flags: { off: AT } },
    'algorithm not asked for (ES384)': changed([3, -35]),
    'algorithm missing': withKey((sound) => map(...[...sound].filter(([label]) => label !== 3))),
    'an RSA key that says ES256': changed([1, 3], [-1, Uint8Array.from(randomBytes(256))], [-2, bytes('010001')]),
    'a point off the curve': changed([-3, Uint8Array.from(randomBytes(32))]),
    'a point of zeros': changed([-2, new Uint8Array(32)], [-3, new Uint8Array(32)]),
    'a coordinate too long': changed([-2, Uint8Array.from(randomBytes(33))]),
    'a huge key': changed([-2, Uint8Array.from(randomBytes(8000))]),
    'another curve': changed([-1, 2]),
    'an Ed25519 key of zeros': withKey(() => map([1, 1], [3, -8], [-1, 6], [-2, new Uint8Array(32)])),
    'an RSA key of 512 bits': withKey(() => rsaKey(512)),
    'a key that is a number': withKey(() => 7),
    'a key that is empty': withKey(() => map()),
    'key: indefinite length': withKey(() => new Raw('bf0102ff')),
    'key: the same label twice': withKey((sound) => new Raw(join(bytes('a6'), cbor(sound).slice(1), bytes('0326')))),
    'key: a thousand lists deep': withKey(() => new Raw(deep)),
    'key: cut off': withKey((sound) => new Raw(cbor(sound).slice(0, 40))),
    'credential id of 1024 bytes': { credentialId: Uint8Array.from(randomBytes(1024)) },
    'credential id empty': { credentialId: new Uint8Array(0) },
    'credential id of another than it says': {
      json: (one) => ({ ...one, id: text(sha256('x')), rawId: text(sha256('x')) }),
    },
    'attestation: none, and yet something': attested('none', map(['sig', bytes('00')])),
    'attestation: none without a statement': {
      attestation: ({ authData }) => map(['fmt', 'none'], ['authData', authData]),
    },
    'attestation: unknown format': attested('mystery', map()),
    'attestation: by itself, with another key': {
      attestation: ({ authData, clientHash }) => selfAttested(keyPair().privateKey, authData, clientHash),
    },
    'attestation: by itself, with the name of another algorithm': {
      attestation: ({ authData, clientHash, key }) => selfAttested(key, authData, clientHash, -257),
    },
    'attestation: with certificates': attested(
      'packed',
      map(['alg', -7], ['sig', bytes('00')], ['x5c', [bytes('3000')]]),
    ),
    'attestation: of an old key': attested('fido-u2f', map(['sig', bytes('00')], ['x5c', [bytes('3000')]])),
    'attestation: of a platform': attested('apple', map(['x5c', [bytes('3000')]])),
    'attestation: of a chip': attested('tpm', map(['ver', '2.0'])),
    'attestation: not CBOR': { response: (one) => ({ ...one, attestationObject: text(bytes('ffffff')) }) },
    'attestation: a list': { response: (one) => ({ ...one, attestationObject: text(cbor([1, 2])) }) },
    'attestation: a thousand lists deep': { response: (one) => ({ ...one, attestationObject: text(deep) }) },
    'attestation: empty': { response: (one) => ({ ...one, attestationObject: '' }) },
    'attestation: missing': { response: (one) => ({ ...one, attestationObject: undefined }) },
    'attestation: data that is a text': {
      attestation: () => map(['fmt', 'none'], ['attStmt', map()], ['authData', 'data']),
    },
  };
}

function selfAttested(
  key: Parameters<typeof signature>[0],
  authData: Uint8Array,
  clientHash: Uint8Array,
  alg = -7,
): Cbor {
  const sig = signature(key, join(authData, clientHash));
  return attestationOf('packed', map(['alg', alg], ['sig', sig]), authData);
}

function rsaKey(modulusLength: number): Cbor {
  const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
  const part = (value: string) => Uint8Array.from(Buffer.from(value, 'base64url'));
  return map([1, 3], [3, -257], [-1, part(n)], [-2, part(e)]);
}

/** Odd, and allowed by the standard or by nobody forbidden: either verdict will do, if it is always the same. */
export const ODD_ASSERTIONS: Corpus = {
  'signature: the other half of the curve (high S)': { signature: highS },
  'client data: a mark before it (BOM)': { clientBytes: (one) => join(bytes('efbbbf'), one) },
  'client data: a member twice': {
    clientBytes: (one) =>
      Uint8Array.from(Buffer.from(Buffer.from(one).toString().replace('{', '{"origin":"https://evil.test",'))),
  },
  'client data: more members': { client: { future: { is: 'unwritten' } } },
  'unknown extensions and their results': {
    flags: { on: ED },
    data: (all) => join(all, cbor(map(['prf', map(['enabled', 1])]))),
    json: (one) => ({
      ...one,
      clientExtensionResults: { prf: { results: { first: 'AAAA' } }, largeBlob: { blob: 'AAAA' } },
    }),
  },
  'more members around it': { json: (one) => ({ ...one, more: [1, 2, 3] }) },
  'user verified by nobody knows what': { flags: { on: UV } },
};

export const ODD_REGISTRATIONS: Corpus = {
  'unknown transports': { response: (one) => ({ ...one, transports: ['telepathy', 'internal', 7] }) },
  'transports that are a text': { response: (one) => ({ ...one, transports: 'internal' }) },
  'client data: a mark before it (BOM)': { clientBytes: (one) => join(bytes('efbbbf'), one) },
  'client data: more members': { client: { future: true } },
  'attestation: by itself, rightly': {
    attestation: ({ authData, clientHash, key }) => selfAttested(key, authData, clientHash),
  },
  'results of extensions': {
    json: (one) => ({ ...one, clientExtensionResults: { credProps: { rk: true }, prf: { enabled: true } } }),
  },
};

/** The same signature with S on the other side (SEC 1 §4.1.3 allows both). */
function highS(der: Uint8Array): Uint8Array {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const rLength = der[3] ?? 0;
  const r = der.slice(4, 4 + rLength);
  const s = BigInt(`0x${Buffer.from(der.slice(6 + rLength)).toString('hex')}`);
  const other = s > order / 2n ? s : order - s;
  const hex = other.toString(16).padStart(64, '0');
  const positive = bytes(Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex);
  const body = join(bytes('02'), Uint8Array.of(r.length), r, bytes('02'), Uint8Array.of(positive.length), positive);
  return join(bytes('30'), Uint8Array.of(body.length), body);
}
