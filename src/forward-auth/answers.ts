import type { DoorAnswer } from '#http/door.ts';
import { securityHeaders } from '#http/headers.ts';

/** Every answer but "let them in", which no browser sees: with the headers that all our answers have. */
export function answersOf(publicUrl: URL) {
  // The address may hold a ticket: no page and no other server is told where the browser came from.
  const own = Object.entries({ ...securityHeaders({ publicUrl }), 'referrer-policy': 'no-referrer' }).flat();
  const none = [...own, 'content-length', '0'];
  const unauthorised = [...none, 'www-authenticate', 'Nachtslot'];
  const sentence = (status: number, text: string): DoorAnswer => ({
    status,
    headers: [...own, 'content-type', 'text/plain; charset=utf-8'],
    body: `${text}\n`,
  });
  return {
    forbidden: (text: string) => sentence(403, text),
    notFound: () => sentence(404, 'Not found'),
    methodNotAllowed: { status: 405, headers: [...none, 'allow', 'GET, HEAD'] } satisfies DoorAnswer,
    unauthorised: { status: 401, headers: unauthorised } satisfies DoorAnswer,
    /** 401 for nginx, which redirects by itself. */
    signIn: (status: 401 | 302, location: string): DoorAnswer => ({
      status,
      headers: [...unauthorised, 'location', location],
    }),
    redirect: (location: string, cookies: string[] = []): DoorAnswer => ({
      status: 303,
      headers: [...none, 'location', location, ...cookies.flatMap((line) => ['set-cookie', line])],
    }),
  };
}

export type Answers = ReturnType<typeof answersOf>;
