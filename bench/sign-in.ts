import { stepAt, hotp } from '#authenticators/totp/otp.ts';
import type { Nachtslot } from '#src/main.ts';
import type { BenchPerson } from './people.ts';
import { PASSWORD } from './people.ts';
import { ORIGIN } from './world.ts';

/**
 * One whole sign-in as a browser does it: the form, the page of the second step, the code, the redirect. No socket:
 * what is measured is the program.
 */
export function signIns(nachtslot: Nachtslot, people: BenchPerson[], clock: { advanceWall(): void }) {
  let free = [...people];
  let signedIn: BenchPerson[] = [];
  return async () => {
    // A code is good for one sign-in: whoever has used theirs waits until the wall clock has moved on.
    const person = free.pop();
    if (!person) throw new Error('more lanes than people');
    if (free.length === 0) {
      clock.advanceWall();
      free = signedIn;
      signedIn = [];
    }
    const first = await post(nachtslot, '/sign-in', { address: person.email, password: PASSWORD }, '');
    const attempt = cookieOf(first);
    await nachtslot.app.fetch(new Request(`${ORIGIN}/sign-in/verify`, { headers: { cookie: attempt } }), '127.0.0.1');
    const code = hotp(person.totp, stepAt(nachtslot.deps.clock.wall()));
    const second = await post(nachtslot, '/sign-in/verify', { method: 'totp', code }, attempt);
    if (second.status !== 303 || second.headers.get('location') !== '/')
      throw new Error(`sign-in ended with ${second.status}`);
    signedIn.push(person);
  };
}

async function post(nachtslot: Nachtslot, path: string, form: Record<string, string>, cookie: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN, cookie };
  const body = new URLSearchParams(form).toString();
  return nachtslot.app.fetch(new Request(ORIGIN + path, { method: 'POST', body, headers }), '127.0.0.1');
}

function cookieOf(response: Response): string {
  const line = response.headers.getSetCookie().find((one) => one.includes('attempt='));
  if (!line) throw new Error(`no attempt: ${response.status}`);
  return line.split(';')[0] ?? '';
}
