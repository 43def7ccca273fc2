import type { Answered, Jar } from './jar.ts';
import { codeAt, type Person, type Rig } from './rig.ts';

/** The cookie of a session, over https. */
export const SESSION = '__Host-session';

/** Address and password, and the page that follows. */
export function signIn(jar: Jar, { email, password }: Person): Promise<Answered> {
  return jar.submit('/sign-in', { address: email, password });
}

/** A person with app, backup code and perhaps a number, in an organisation without a campaign. */
export async function enrolledIn(r: Rig, phone?: string): Promise<Person> {
  const house = await r.organisation();
  return r.person({ organisations: [house], enrolled: true, ...(phone && { phone }) });
}

/** A person of a running campaign, whose wizard stands at the backup code. */
export async function atBackupCode(r: Rig) {
  const house = await r.organisation();
  await r.campaign({ organisation: house.id });
  const grace = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, grace);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const { secret, page } = await toBackupCode(r, jar);
  return { grace, jar, secret, page };
}

/** From the first step of the wizard to the last, without a number. */
export async function toBackupCode(r: Rig, jar: Jar) {
  const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(scan.text)?.[1] ?? '');
  await jar.submit('/enrol/scanned');
  await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  return { secret, page: await jar.submit('/enrol/sms/skip') };
}

/** The whole wizard, without a number. */
export async function wizard(r: Rig, jar: Jar) {
  const { secret, page } = await toBackupCode(r, jar);
  const code = shownCode(page);
  return { secret, code, page: await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) }) };
}

/** The backup code on the page. */
export function shownCode(page: Answered): string {
  return /data-copy="([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})"/.exec(page.text)?.[1] ?? '';
}

export function base32(text: string): Uint8Array {
  let bits = '';
  for (const one of text) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2),
  );
}
