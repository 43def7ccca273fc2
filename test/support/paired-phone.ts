import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { answerStatement, arrivalStatement, pairingStatement, pushStatement } from '#authenticators/app/statement.ts';
import type { PushAddress } from '#store/rows.ts';
import type { Answered, Jar } from './jar.ts';
import type { Person, Rig } from './rig.ts';
import { base32, shownCode, signIn } from './roads.ts';

/** What the server says of a request. */
export type Asked = { id: string; account: string; attempt: string; digits: number; organisation: string } & Record<
  string,
  unknown
>;

/** A phone without a screen: it makes keys and signs as the app does, with nothing of the app in it. */
export type Phone = {
  device: string;
  token: string;
  /** Of the codes that came along. */
  codes: Uint8Array;
  key: KeyObject;
  jar: Jar;
  asked(): Promise<Asked | null>;
  /** Signs what it is told to and sends it; `changed` is sent and signed instead, `sent` only sent. */
  answer(asked: Asked, number: string, changed?: Partial<Signed>, sent?: Record<string, string>): Promise<Answered>;
};

type Signed = { account: string; attempt: string; request: string; number: string; decision: 'approve' | 'deny' };

export function newKey(): { key: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const raw = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { key: privateKey, publicKey: raw.toString('base64url') };
}

export function signed(key: KeyObject, text: string): string {
  return sign('sha256', Buffer.from(text), {
    key: createPrivateKey(key.export({ type: 'pkcs8', format: 'pem' })),
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
}

/** The code in the QR code of this page. */
export function codeIn({ text }: Answered): string {
  return /authenticator\/pair#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? '';
}

export function takeCode(r: Rig, code: string, own = newKey()): Promise<Answered> {
  const proof = signed(own.key, pairingStatement(code, own.publicKey));
  return r.browser().post('/authenticator/pair', { code, key: own.publicKey, proof });
}

export async function pairPhone(r: Rig, code: string): Promise<Phone> {
  const own = newKey();
  const answer = await takeCode(r, code, own);
  if (answer.status !== 200) throw new Error(`not paired: ${answer.status} ${answer.text}`);
  const { device, token, secret } = JSON.parse(answer.text) as Record<'device' | 'token' | 'secret', string>;
  const jar = r.browser();
  return {
    device,
    token,
    codes: base32(secret),
    key: own.key,
    jar,
    asked: async () => {
      const said = await jar.post('/authenticator/requests', { device, token });
      return (JSON.parse(said.text) as { request?: Asked | null }).request ?? null;
    },
    answer: (asked, number, changed = {}, sent = {}) => {
      const { id: request, account, attempt } = asked;
      const what: Signed = { account, attempt, request, number, decision: 'approve', ...changed };
      const signature = signed(own.key, answerStatement(what));
      const form = { device, request: what.request, number: what.number, decision: what.decision, signature, ...sent };
      return jar.post('/authenticator/answer', form);
    },
  };
}

/** Where the phone wants its notifications, signed by its key; `sent` instead of what is signed. */
export function wantsPush(phone: Phone, address: PushAddress, sent: Record<string, string> = {}): Promise<Answered> {
  const { device, key, jar } = phone;
  const signature = signed(key, pushStatement({ device, ...address }));
  return jar.post('/authenticator/push', { device, ...address, signature, ...sent });
}

/** That it shows the notification. */
export function saysArrived({ device, key, jar }: Phone, request: string): Promise<Answered> {
  return jar.post('/authenticator/push/arrived', {
    device,
    request,
    signature: signed(key, arrivalStatement(device, request)),
  });
}

/** The number on the page that waits. */
export function numberOn({ text }: Answered): string {
  return (/class="number notranslate"><span aria-hidden="true">([\d ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
}

/** A person of a running campaign, whose wizard shows the QR code for a phone. */
export async function atPairing(
  r: Rig,
  policy: Record<string, unknown> = {},
): Promise<{ person: Person; jar: Jar; page: Answered }> {
  const house = await r.organisation({ policy });
  await r.campaign({ organisation: house.id });
  const person = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, person);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  return { person, jar, page: await jar.submit('/enrol/choice', { choice: 'app' }) };
}

/** Through the wizard from the QR code on, until it is finished. */
export async function throughPairing(
  r: Rig,
  jar: Jar,
  page: Answered,
): Promise<{ phone: Phone; code: string; done: Answered }> {
  const phone = await pairPhone(r, codeIn(page));
  const test = await jar.get('/enrol');
  const asked = await phone.asked();
  if (!asked) throw new Error('no test was asked');
  const answer = await phone.answer(asked, numberOn(test));
  if (answer.status !== 200) throw new Error(`the test was not taken: ${answer.text}`);
  const sms = await jar.submit('/enrol/app');
  const keep = sms.text.includes('/enrol/sms/skip') ? await jar.submit('/enrol/sms/skip') : sms;
  const code = shownCode(keep);
  const done = await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  return { phone, code, done };
}

/** A person with a paired phone and a backup code, signed in in `jar`. */
export async function enrolledWithPhone(r: Rig, policy: Record<string, unknown> = {}) {
  const { person, jar, page } = await atPairing(r, policy);
  const { phone, code, done } = await throughPairing(r, jar, page);
  if (!done.path.startsWith('/enrol/done')) throw new Error(`the wizard stands at ${done.path}`);
  return { person, jar, phone, code };
}

/** A browser after the password, with a request sent; the page shows the number. */
export async function asking(r: Rig, person: Person): Promise<{ jar: Jar; page: Answered }> {
  const jar = r.browser();
  await signIn(jar, person);
  return { jar, page: await jar.submit('/sign-in/verify/app') };
}
