import { createApiToken } from '#flows/api-tokens.ts';
import { addOwnArticle } from '#flows/own-help.ts';
import type { Organisation } from '#store/rows.ts';
import { furnished, oidcForm } from '#test/support/administration.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import type { Route } from '#web/route.ts';

export const ORIGIN = 'https://id.example.test';

/** A sign-in as a browser sends it, byte by byte: for tests that decide themselves when, and from where. */
export function signInForm({ email, password }: Pick<Person, 'email' | 'password'>) {
  const body = new URLSearchParams({ address: email, password }).toString();
  const headers = {
    host: 'id.example.test',
    origin: ORIGIN,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  return { method: 'POST', path: '/sign-in', headers, body };
}

/** TRACE and CONNECT cannot be said with `fetch`; the tests on a real port send them. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'] as const;

/** A well-formed request for each route: Ann's own ids, and answers of the right shape. */
export async function requestsFor(r: Rig, ann: Person, place: Administered | null = null) {
  const { forms: administration, application } = await administrationOf(r, place);
  const bound = await r.store.read.authenticators.of(ann.id);
  const totp = bound.find((one) => one.type === 'totp')?.id ?? '';
  const session = (await r.store.read.sessions.of(ann.id))[0]?.id ?? '';
  const device = (await r.store.read.devices.of(ann.id))[0]?.id ?? '';
  const password = 'velvet ladder eleven moons';
  const forms: Record<string, Record<string, string>> = {
    '/sign-in': { address: ann.email, password: 'not the password of Ann', 'return-to': '/account' },
    '/sign-in/verify': { method: 'totp', code: '000000' },
    '/sign-in/phone': { phone: 'here' },
    '/sign-in/prompt': { answer: 'later' },
    '/enrol/choice': { choice: 'totp' },
    '/enrol/label': { label: 'Phone' },
    '/enrol/guard': { code: '000000' },
    '/enrol/code': { code: '000000' },
    '/enrol/sms': { number: '+447700900123' },
    '/enrol/sms/code': { code: '000000' },
    '/enrol/backup-code': { saved: 'yes', locator: '0000' },
    ...administration,
    '/account/confirm': { 'return-to': '/account' },
    '/account/password': { password, repeated: password },
    '/account/authenticators/rename': { id: totp, label: 'Mine' },
    '/account/authenticators/remove': { id: totp },
    '/account/sessions/end': { id: session },
    '/account/devices/forget': { id: device },
    '/help/request': { address: 'nobody.here@harbour.example' },
    '/enrol/guard/voucher': { voucher: '0000-0000-0000-0000' },
    '/recovery-pass/:token': { password },
    '/vouch': { number: '000000', sees: 'yes' },
    '/desk/cases/:id/checks': { kind: 'called-back', outcome: 'passed', seen: 'Called back.' },
    '/desk/cases/:id/approve': { digest: 'x'.repeat(43) },
    '/desk/cases/:id/reject': { reason: 'No.' },
    '/desk/cases/:id/freeze': { reason: 'No.' },
    '/desk/closed': { address: 'nobody.here@harbour.example', reason: 'No.' },
    '/desk/closed/open': { address: 'nobody.here@harbour.example' },
    '/desk/vouchers': { address: 'nobody.here@harbour.example' },
    '/forgot': { address: 'nobody.here@harbour.example' },
    '/language': { language: 'nl', 'return-to': '/' },
    '/reset/:token': { password, repeated: password },
    '/activate/:token': { password, repeated: password },
  };
  const filled = (path: string) =>
    path
      .replace(':token', 'x'.repeat(43))
      .replace('/applications/:id', `/applications/${application}`)
      .replace('/people/:id', `/people/${ann.id}`)
      .replace(':id', totp)
      .replace(':lang', 'en')
      .replace(':article', 'wrong-code')
      .replace(':slug', OWN_ARTICLE);
  return (route: Pick<Route, 'path'>) => ({ path: filled(route.path), form: forms[route.path] ?? {} });
}

/** Any method, as a page of our own would send it; the cookies stay as they were. */
export function call(
  jar: Jar,
  method: string,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const hasBody = !['GET', 'HEAD'].includes(method);
  return jar.copy().send(
    new Request(new URL(path, ORIGIN), {
      method,
      ...(hasBody && { body: new URLSearchParams(form).toString() }),
      headers: {
        ...(hasBody && { 'content-type': 'application/x-www-form-urlencoded' }),
        origin: ORIGIN,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    }),
  );
}

/** An organisation that is administered, and one of its administrators. */
export type Administered = { house: Organisation; administrator: { person: Person; jar: Jar } };

/** An article of the organisation's own. */
const OWN_ARTICLE = 'room-12';

/** An application with a logo, a token and an article of that organisation, and a form for each change of them. */
async function administrationOf(r: Rig, place: Administered | null) {
  if (!place) return { forms: {}, application: 'none' };
  const { house, administrator } = place;
  const { application, steward } = await furnished(r, house, administrator);
  const wish = { organisation: house.id, name: 'Import', scope: 'write', days: 90 } as const;
  const made = await createApiToken(r.deps, steward, wish);
  const text = { slug: OWN_ARTICLE, language: 'en', title: 'Room 12', markdown: '# Room 12\n\nHere.\n' } as const;
  await addOwnArticle(r.deps, steward, { organisation: house.id, text });
  const forms: Record<string, Record<string, string>> = {
    '/admin/applications/add': oidcForm(house.id),
    '/admin/applications/:id/change': oidcForm(house.id, { seen: '1', name: 'Another name' }),
    '/admin/applications/:id/status': { status: 'disabled' },
    '/admin/applications/:id/remove': { name: application.name },
    '/admin/people/:id/groups': { groups: 'Finance' },
    '/admin/help/add': { language: 'en', slug: 'another', markdown: '# Another\n\nOne.\n' },
    '/admin/help/links': { seen: '', 'links.0.title': 'Elsewhere', 'links.0.address': 'https://elsewhere.example' },
    '/admin/help/contact': { contact: 'somebody else' },
    '/admin/help/:lang/:slug': { seen: '1', markdown: '# Another\n\nOne.\n' },
    '/admin/tokens/create': { name: 'Report', scope: 'read', days: '30' },
    '/admin/tokens/revoke': { id: 'made' in made ? made.made.id : '' },
  };
  return { forms, application: application.id };
}
