import { answerStatement, arrivalStatement, pairingStatement, pushStatement } from '#authenticators/app/statement.ts';
import type { Entry } from '../codes/entry.ts';
import { COMMON_FORM } from '../codes/entry.ts';
import type { Phone } from '../keeping/phones.ts';
import { named } from '../reading/named.ts';
import { readSecret } from '../reading/typed-key.ts';
import { makeSigningKey, sign } from './key.ts';

/** A request as the server tells it; the number is not in it. */
export type Asked = {
  id: string;
  account: string;
  attempt: string;
  /** The test at the end of a pairing. */
  test: boolean;
  digits: number;
  organisation: string;
  application: string;
  device: string;
  address: string;
  secondsAgo: number;
  secondsLeft: number;
};

/** Why it came to nothing: nobody answered, or the answer was a no. */
export type No = { no: 'nobody' | 'refused' | 'wrong' | 'over' | 'unknown' };

/** Brings the code and a new key; takes home the token and the secret of the codes. */
export async function pairWith(code: string): Promise<{ phone: Phone; entry: Entry } | No> {
  const { key, publicKey } = await makeSigningKey();
  const proof = await sign(key, pairingStatement(code, publicKey));
  const answer = await post('/authenticator/pair', { code, key: publicKey, proof });
  if ('no' in answer) return answer;
  const { device, token, secret, issuer, account } = answer.said;
  const bytes = readSecret(String(secret));
  if (typeof bytes === 'string' || typeof device !== 'string' || typeof token !== 'string') return { no: 'refused' };
  const names = { issuer: named(String(issuer)), account: named(String(account)) };
  return { phone: { id: device, key, token }, entry: { ...names, ...COMMON_FORM, secret: bytes } };
}

/** What waits for this phone; `push`: the server knows where to tell it of the next. */
export async function askedOf({ id, token }: Phone): Promise<{ request: Asked | null; push: boolean } | No> {
  const answer = await post('/authenticator/requests', { device: id, token });
  if ('no' in answer) return answer;
  return { request: (answer.said['request'] as Asked | null | undefined) ?? null, push: answer.said['push'] === true };
}

/** Where a push service takes notifications for this browser, and the keys they are closed with. */
export type PushTarget = { endpoint: string; p256dh: string; auth: string };

/** What signs: it is not under the app's lock, and the service worker has it too. */
type Signer = Pick<Phone, 'id' | 'key'>;

/** The key that the browser subscribes with. */
export async function pushKeyOf({ id, token }: Phone): Promise<string | No> {
  const answer = await post('/authenticator/push/key', { device: id, token });
  return 'no' in answer ? answer : String(answer.said['key']);
}

/** Where this phone wants its notifications; null: nowhere. */
export async function tellPush({ id: device, key }: Signer, target: PushTarget | null): Promise<No | null> {
  const push = { device, ...(target ?? { endpoint: '', p256dh: '', auth: '' }) };
  const answer = await post('/authenticator/push', { ...push, signature: await sign(key, pushStatement(push)) });
  return 'no' in answer ? answer : null;
}

/** That the notification of a request is there. */
export async function tellArrived({ id: device, key }: Signer, request: string): Promise<void> {
  const signature = await sign(key, arrivalStatement(device, request));
  await post('/authenticator/push/arrived', { device, request, signature });
}

/** The answer, signed over what it answers. Null: it was taken. */
export async function tell(
  { id, key }: Phone,
  { account, attempt, id: request }: Asked,
  given: { decision: 'approve'; number: string } | { decision: 'deny' },
): Promise<No | null> {
  const number = given.decision === 'approve' ? given.number : '';
  const { decision } = given;
  const signature = await sign(key, answerStatement({ account, attempt, request, number, decision }));
  const answer = await post('/authenticator/answer', { device: id, request, number, decision, signature });
  return 'no' in answer ? answer : null;
}

async function post(path: string, fields: Record<string, string>): Promise<{ said: Record<string, unknown> } | No> {
  if (!navigator.onLine) return { no: 'nobody' };
  try {
    const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(fields), cache: 'no-store' });
    const said = (await answer.json()) as Record<string, unknown>;
    return answer.ok ? { said } : { no: WHY[String(said['refusal'])] ?? 'refused' };
  } catch {
    return { no: 'nobody' };
  }
}

const WHY: Record<string, No['no']> = {
  'approval-number-wrong': 'wrong',
  'approval-over': 'over',
  'device-unknown': 'unknown',
};
