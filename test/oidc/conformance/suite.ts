import assert from 'node:assert/strict';
import type { Application } from '#store/rows.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import {
  basic,
  type Begun,
  CALLBACK,
  giveCode,
  givePassword,
  onward,
  type Outcome,
  register,
  RelyingParty,
  visit,
  type Wanted,
  world,
} from '#test/support/oidc-client.ts';
import type { Person, PersonOptions } from '#test/support/rig.ts';

/** How an answer comes back: in the address, or in a form that the browser sends. */
export type Mode = 'default' | 'form_post';

export type Suite = Awaited<ReturnType<typeof openSuite>>;

/** One server for all checks, and the applications a run has: two with the secret in the header, one in the form. */
export async function openSuite(mode: Mode, wanted: { settings?: Wanted['settings']; publicUrl?: string } = {}) {
  const w = await world({
    ...(wanted.publicUrl && { publicUrl: wanted.publicUrl }),
    application: { settings: { ...wanted.settings } },
  });
  const second = await register(w.r, w.house);
  const post = await register(w.r, w.house, { settings: { authMethod: 'client_secret_post' } });
  const parties = new Map([[w.application.id, w.party]]);
  for (const one of [second, post]) parties.set(one.id, await RelyingParty.of(one, w.jar.origin, w.through));
  return { ...w, mode, second, post, parties };
}

/** Somebody in a browser of their own; nobody is signed in yet. */
export type Visitor = { jar: Jar; person: Person };

/** With a password alone unless said otherwise: the suite does not mind how somebody signs in. */
export async function visitor(suite: Suite, options: PersonOptions = { enrolled: false }): Promise<Visitor> {
  return { jar: suite.newJar(), person: await suite.r.person({ organisations: [suite.house], ...options }) };
}

export type Changed = { by?: Application; without?: readonly string[]; method?: 'POST' };
export type Asked = Begun & { by: Application; outcome: Outcome };

/** Sends a request, changed as the check wants it, and stops where a person has to do something. */
export async function ask(
  suite: Suite,
  { jar }: Visitor,
  parameters: Record<string, string> = {},
  { by = suite.application, without = [], method }: Changed = {},
): Promise<Asked> {
  const party = suite.parties.get(by.id);
  if (!party) throw new Error('an application without a party');
  const mode: Record<string, string> = suite.mode === 'form_post' ? { response_mode: 'form_post' } : {};
  const begun = await party.begin({ ...mode, ...parameters });
  const url = new URL(begun.url, jar.origin);
  for (const name of without) url.searchParams.delete(name);
  const path = url.pathname + url.search;
  const outcome =
    method === 'POST'
      ? await onward(jar, await jar.post(url.pathname, Object.fromEntries(url.searchParams)))
      : await visit(jar, path);
  return { ...begun, url: path, by, outcome };
}

/** Whether this is a page where somebody has to show who they are. */
export function isAtSignIn({ outcome: { page, left } }: Pick<Asked, 'outcome'>): boolean {
  return left === null && page.path.startsWith('/sign-in');
}

/** Signs in, which the check expects to be asked for. */
export async function signIn<T extends Asked>({ jar, person }: Visitor, asked: T): Promise<T> {
  assert.ok(isAtSignIn(asked), `not asked to sign in, but at ${asked.outcome.left ?? asked.outcome.page.path}`);
  const half = await givePassword(jar, asked.outcome, person);
  const needsCode = half.left === null && half.page.path.startsWith('/sign-in/verify');
  return { ...asked, outcome: needsCode ? await giveCode(jar, half, person) : half };
}

/** What the application is told, in the way it asked for, and nothing else that the suite minds. */
export function answerTo(suite: Suite, { outcome, state, by }: Asked): URLSearchParams {
  const { left, page } = outcome;
  const answer = suite.mode === 'form_post' ? formOf(page) : queryOf(left, page);
  const registered = 'redirectUris' in by.settings ? by.settings.redirectUris[0] : undefined;
  assert.equal(answer.target, registered ?? CALLBACK);
  assert.equal(answer.parameters.get('state'), state);
  assert.equal(answer.parameters.get('iss'), suite.jar.origin.origin);
  return answer.parameters;
}

export function errorOf(suite: Suite, asked: Asked): string {
  const answer = answerTo(suite, asked);
  assert.equal(answer.get('code'), null);
  return answer.get('error') ?? '';
}

export function codeOf(suite: Suite, asked: Asked): string {
  const answer = answerTo(suite, asked);
  assert.deepEqual([...answer.keys()].sort(), ['code', 'iss', 'state'], answer.toString());
  const code = answer.get('code') ?? '';
  // RFC 6749 §10.10: 128 bits, and the alphabet has 64 letters.
  assert.ok(code.length >= 22 && /^[\w.~-]+$/.test(code), code);
  return code;
}

/** Asks, signs in, and is answered with a code. */
export async function authorize(
  suite: Suite,
  who: Visitor,
  parameters: Record<string, string> = {},
  changed: Changed = {},
): Promise<Asked & { code: string }> {
  const done = await signIn(who, await ask(suite, who, parameters, changed));
  return { ...done, code: codeOf(suite, done) };
}

/** The token endpoint, as this application knows how to show who it is. */
export function token(suite: Suite, by: Application, form: Record<string, string>): Promise<Answered> {
  const inForm = 'authMethod' in by.settings && by.settings.authMethod === 'client_secret_post';
  const secret = { client_id: by.id, client_secret: 'the secret of a made-up payroll portal' };
  return post(suite, '/oidc/token', inForm ? { ...form, ...secret } : form, inForm ? {} : basic(by));
}

export function redeem(suite: Suite, { by, verifier }: Asked, code: string): Promise<Answered> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier };
  const registered = 'redirectUris' in by.settings ? by.settings.redirectUris[0] : undefined;
  return token(suite, by, { ...form, ...(registered && { redirect_uri: registered }) });
}

/** As a program sends it, without a browser's cookies and headers. */
export function post(
  { newJar }: Pick<Suite, 'newJar'>,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const jar = newJar();
  const body = new URLSearchParams(form).toString();
  const sent = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers };
  return jar.send(new Request(new URL(path, jar.origin), { method: 'POST', headers: sent, body }));
}

function queryOf(left: string | null, page: Answered) {
  if (left === null) throw new Error(`still here: ${page.status} ${page.path}`);
  assert.equal(page.status, 303, 'a redirect that makes a POST a GET (RFC 9700 §4.12)');
  const url = new URL(left);
  assert.equal(url.hash, '');
  return { target: url.origin + url.pathname, parameters: url.searchParams };
}

/** OAuth 2.0 Form Post Response Mode §2: a page that sends a form, and is not kept. */
function formOf({ status, text, headers }: Answered) {
  assert.match(headers.get('content-type') ?? '', /^text\/html/);
  assert.match(headers.get('cache-control') ?? '', /no-store/);
  const [, target = ''] = /<form method="post" action="([^"]+)"/.exec(text) ?? [];
  const fields = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const pairs = fields.map(([, name = '', value = '']) => [name, unescape(value)]);
  // A form that carries an error says so to whoever counts errors; browsers send it all the same.
  assert.equal(status, pairs.some(([name]) => name === 'error') ? 400 : 200, text.slice(0, 300));
  return { target: unescape(target), parameters: new URLSearchParams(pairs) };
}

function unescape(html: string): string {
  return html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
