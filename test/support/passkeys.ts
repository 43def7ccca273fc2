import assert from 'node:assert/strict';
import type { CreationOptions, RequestOptions, SoftAuthenticator } from './authenticator.ts';
import type { Answered, Jar } from './jar.ts';
import type { Person, Rig } from './rig.ts';
import { shownCode, signIn } from './roads.ts';

/** Doors that a passkey can be shown at: where to ask what to sign, and where to bring the answer. */
export const DOOR = {
  only: '/sign-in/passkey',
  second: '/sign-in/verify/passkey',
  wizard: '/enrol/passkey',
} as const;

export async function asked(jar: Jar, door: string): Promise<CreationOptions & RequestOptions> {
  const answer = await jar.post(`${door}/options`);
  assert.equal(answer.status, 200, `${door}: ${answer.text}`);
  return JSON.parse(answer.text) as CreationOptions & RequestOptions;
}

/** A person of a running campaign, whose wizard is at *Make a passkey*. */
export async function atCeremony(r: Rig, policy: Record<string, unknown> = {}): Promise<{ person: Person; jar: Jar }> {
  const house = await r.organisation({ policy });
  await r.campaign({ organisation: house.id });
  const person = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, person);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const page = await jar.submit('/enrol/choice', { choice: 'passkey' });
  assert.match(page.text, /data-passkey="create"/);
  return { person, jar };
}

/** Through the whole wizard with a passkey, signed in at its end. */
export async function enrolledWithPasskey(r: Rig, device: SoftAuthenticator, policy: Record<string, unknown> = {}) {
  const { person, jar } = await atCeremony(r, policy);
  const bound = await jar.submit(DOOR.wizard, { credential: device.create(await asked(jar, DOOR.wizard)) });
  assert.match(bound.text, /enrol\/sms\/skip/, bound.text.slice(0, 2000));
  const keep = await jar.submit('/enrol/sms/skip');
  const code = shownCode(keep);
  const done = await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  assert.match(done.path, /^\/enrol\/done/);
  return { person, jar, code };
}

/** With a passkey and nothing else, from a browser that knows nobody. */
export async function signInWith(
  jar: Jar,
  device: SoftAuthenticator,
  form: Record<string, string> = {},
): Promise<Answered> {
  return jar.post(DOOR.only, { credential: device.get(await asked(jar, DOOR.only)), ...form });
}
