import assert from 'node:assert/strict';
import type { Jar } from '#test/support/jar.ts';
import { codeAt, type Person, type Rig } from '#test/support/rig.ts';
import { base32, shownCode, signIn } from '#test/support/roads.ts';
import { PHONE, progress } from './in-process.ts';

/** Every place where a sign-in or a wizard can stand, in the order of the road. */
export const PLACES = [
  'nowhere',
  'verifying',
  'inviting',
  'guarding',
  'choosing',
  'scanning',
  'proving',
  'adding-sms',
  'sms-sent',
  'keeping-code',
] as const;
export type Place = (typeof PLACES)[number];

/** One person and one browser, somewhere on the road. */
export type Scene = { r: Rig; place: Place; person: Person; jar: Jar; secret: Uint8Array; backupCode: string };

/** Walks the honest road up to this place. */
export async function sceneAt(r: Rig, place: Place): Promise<Scene> {
  const isLate = place === 'guarding';
  const house = await r.organisation();
  if (place !== 'verifying')
    await r.campaign({
      organisation: house.id,
      ...(isLate && { deadline: Temporal.PlainDate.from('2026-03-01') }),
    });
  const person = await r.person({
    organisations: [house],
    enrolled: place === 'verifying',
    firstSignInAt: r.now().subtract({ hours: 24 * 60 }),
  });
  const jar = r.browser();
  const scene: Scene = { r, place, person, jar, secret: new Uint8Array(), backupCode: '' };
  if (place === 'nowhere') return scene;
  await signIn(jar, person);
  const steps: [Place, () => Promise<void>][] = [
    ['inviting', () => go(jar, '/sign-in/prompt', { answer: 'enable' })],
    [
      'choosing',
      async () => void (scene.secret = secretOn((await jar.submit('/enrol/choice', { choice: 'totp' })).text)),
    ],
    ['scanning', () => go(jar, '/enrol/scanned')],
    ['proving', () => go(jar, '/enrol/code', { code: codeAt(scene.secret, r.wall()) })],
    ['adding-sms', () => go(jar, '/enrol/sms', { number: PHONE })],
    ['sms-sent', () => go(jar, '/enrol/sms/skip')],
  ];
  for (const [at, on] of steps) {
    if (place === 'verifying' || at === place || (isLate && at === 'choosing')) break;
    await on();
  }
  if (place === 'keeping-code') scene.backupCode = shownCode(await jar.open('/enrol'));
  assert.equal(await placeOf(r, jar), place, 'control: the honest road leads here');
  return scene;
}

/** Where the browser's sign-in stands, as stored. */
export async function placeOf(r: Rig, jar: Jar): Promise<Place | 'in'> {
  const now = await progress(r, jar);
  if (!now || now.over) return 'nowhere';
  const { wizard } = now;
  if (wizard?.at === 'adding-sms' && wizard.sent) return 'sms-sent';
  const at = wizard?.at ?? now.attempt.at;
  const known = PLACES.find((one) => one === at);
  if (!known) throw new Error(`no such place: ${at}`);
  return known;
}

/** The key beside the QR code. */
export function secretOn(text: string): Uint8Array {
  return base32(/data-copy="([A-Z2-7]{32})"/.exec(text)?.[1] ?? '');
}

async function go(jar: Jar, path: string, form: Record<string, string> = {}): Promise<void> {
  const answer = await jar.submit(path, form);
  assert.equal(answer.status, 200, `control: ${path}`);
}
