import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bytesOf, forHeader, oddJson, oddText, percent } from './odd.ts';
import type { Asking } from './raw-socket.ts';
import { ORIGIN } from './requests.ts';
import type { Target } from './targets.ts';

/** One thing that is wrong with a request. `pick` chooses among what the request has. */
export type Mutation = { kind: (typeof KINDS)[number]; pick: number; text: string; json: string; bytes: Uint8Array };

const KINDS = [
  'field',
  'field',
  'field',
  'every-field',
  'new-field',
  'twice',
  'dropped',
  'query',
  'query',
  'query-raw',
  'query-twice',
  'path',
  'path-more',
  'type',
  'body-raw',
  'body-json',
  'body-json-member',
  'body-gzip',
  'cookie',
  'cookie-twice',
  'header',
  'header',
  'method',
] as const;

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(9_999),
  text: oddText,
  json: oddJson,
  bytes: fc.uint8Array({ maxLength: 120 }),
});

/** Names that some page, endpoint or interface reads from an address. */
const QUERY =
  'organisation return-to with q lang days page show order from about notice done kind instead host to nonce ticket said course cursor limit search language client_id redirect_uri scope state prompt max_age acr_values claims ui_locales login_hint id_token_hint request request_uri resource response_mode display dpop_jkt error __proto__ constructor'.split(
    ' ',
  );
const FORM =
  'address password repeated code method remember answer choice label number locator saved voucher credential device token decision signature key proof request endpoint p256dh auth id groups seen jwks redirectUris rules.0.host rules.0.path rules.9999999.host links.0.title links.0.address links.99999999999999999999.title grant_type refresh_token client_secret client_assertion client_assertion_type code_verifier scope claims max_age resource __proto__ constructor toString'.split(
    ' ',
  );
const HEADERS =
  'accept accept-language accept-encoding user-agent authorization if-none-match if-match idempotency-key referer x-forwarded-for x-forwarded-host x-forwarded-uri x-forwarded-proto x-forwarded-method x-original-url x-requested-with dpop content-encoding content-language origin sec-fetch-site sec-fetch-mode range te prefer x-http-method-override'.split(
    ' ',
  );
const TYPES = [
  '',
  'application/json',
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded;charset=utf-7',
  'application/x-www-form-urlencoded; charset=utf-16',
  'application/x-www-form-urlencoded;\tcharset=UTF-8',
  'application/x-www-form-urlencoded; charset="utf-8"; charset=utf-7',
  'application/json; charset=utf-16',
  'application/json\t',
  'APPLICATION/X-WWW-FORM-URLENCODED',
  'application/x-www-form-urlencoded, application/json',
  ';',
  '/',
  'a'.repeat(3_000),
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'LOCK'];

/** The request of a target with all of this done to it, in turn. */
export function mutated(target: Target, cookies: ReadonlyMap<string, string>, mutations: readonly Mutation[]): Asking {
  const request = plainRequest(target, cookies);
  for (const one of mutations) apply(request, one);
  return toAsking(request);
}

type Draft = {
  method: string;
  path: string;
  rawQuery: string;
  query: [string, string][];
  fields: [string, string][];
  cookies: [string, string][];
  headers: Map<string, string>;
  type: string | null;
  body: Buffer | null;
};

function plainRequest(target: Target, cookies: ReadonlyMap<string, string>): Draft {
  const [path = '', rawQuery = ''] = target.path.split('?');
  const json = target.json === null ? null : Buffer.from(target.json);
  return {
    method: target.method,
    path,
    rawQuery,
    query: Object.entries(target.query),
    fields: Object.entries(target.fields),
    cookies: [...cookies],
    headers: new Map(Object.entries(target.headers)),
    type: json ? 'application/json' : 'application/x-www-form-urlencoded',
    body: json,
  };
}

function apply(draft: Draft, { kind, pick, text, json, bytes }: Mutation): void {
  const of = <T>(list: readonly T[]) => list[pick % Math.max(1, list.length)];
  const { fields, query } = draft;
  switch (kind) {
    case 'field': {
      const field = of(fields);
      if (field) field[1] = text;
      else fields.push([of(FORM) ?? 'x', text]);
      break;
    }
    case 'every-field':
      for (const field of fields) field[1] = text;
      break;
    case 'new-field':
      fields.push(pick % 3 === 0 ? [text, text] : [of(FORM) ?? 'x', text]);
      break;
    case 'twice': {
      const [name = 'x', value = ''] = of(fields) ?? [];
      fields.push([name, value], [`${name}[]`, value], [`${name}[x]`, value]);
      break;
    }
    case 'dropped':
      fields.splice(pick % Math.max(1, fields.length), 1);
      break;
    case 'query': {
      const known = of(query);
      if (known && pick % 2 === 0) known[1] = text;
      else query.push([of(QUERY) ?? 'x', text]);
      break;
    }
    case 'query-raw':
      draft.rawQuery += `&${forTarget(text)}`;
      break;
    case 'query-twice': {
      const [name = of(QUERY) ?? 'x', value = 'x'] = of(query) ?? [];
      query.push([name, value], [name, text]);
      break;
    }
    case 'path': {
      const parts = draft.path.split('/');
      const at = 1 + (pick % Math.max(1, parts.length - 1));
      parts[at] = pick % 2 === 0 ? percent(text).slice(0, 8_000) : forTarget(text).slice(0, 8_000);
      draft.path = parts.join('/');
      break;
    }
    case 'path-more':
      draft.path += `/${percent(text).slice(0, 8_000)}`;
      break;
    case 'type':
      draft.type = of(TYPES) ?? null;
      break;
    case 'body-raw':
      draft.body = pick % 2 === 0 ? Buffer.from(bytes) : bytesOf(text);
      break;
    case 'body-json':
      draft.body = bytesOf(json);
      draft.type = 'application/json';
      break;
    case 'body-json-member':
      draft.body = bytesOf(withMember(draft.body?.toString() ?? '{}', pick, json));
      draft.type = 'application/json';
      break;
    case 'body-gzip':
      draft.body = gzipSync(pick % 2 === 0 ? Buffer.alloc(2_000_000, 97) : bytesOf(text));
      draft.headers.set('content-encoding', 'gzip');
      break;
    case 'cookie': {
      const known = of(draft.cookies);
      if (known) known[1] = forHeader(text);
      else draft.cookies.push([of(COOKIES) ?? 'x', forHeader(text)]);
      break;
    }
    case 'cookie-twice':
      draft.cookies.push([of(COOKIES) ?? 'x', 'x'.repeat(43)], [of(COOKIES) ?? 'x', forHeader(text)]);
      break;
    case 'header':
      draft.headers.set(of(HEADERS) ?? 'accept', forHeader(text));
      break;
    case 'method':
      draft.method = of(METHODS) ?? 'GET';
      break;
    default:
      kind satisfies never;
  }
}

const COOKIES =
  '__Host-session __Host-attempt __Host-device __Host-language __Host-passkey __Host-last-used __Host-try-out __Secure-oidc-session __Secure-oidc-interaction __Secure-oidc-resume __Host-nachtslot'.split(
    ' ',
  );

/** A member of a JSON document replaced by other JSON, as text: what no serialiser would write can be in it. */
function withMember(document: string, pick: number, json: string): string {
  const members = [...document.matchAll(/("[A-Za-z]+":)("[^"]*"|null|true|false|\[\]|\[[^[\]{}]*\]|\d+)/g)];
  const member = members[pick % Math.max(1, members.length)];
  if (!member) return `{"kind":${json}}`;
  const [all, name = ''] = member;
  return document.slice(0, member.index) + name + json + document.slice(member.index + all.length);
}

/** For the first line: no blank and no end of line, everything else as it is. */
function forTarget(text: string): string {
  return bytesOf(text)
    .toString('latin1')
    .replace(/[\r\n\0 ]/g, '');
}

function toAsking(draft: Draft): Asking {
  const encoded = (pairs: readonly [string, string][]) =>
    pairs.map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&');
  const search = [encoded(draft.query), draft.rawQuery].filter(Boolean).join('&');
  const hasBody = !['GET', 'HEAD'].includes(draft.method) || draft.body !== null;
  const body = hasBody ? (draft.body ?? Buffer.from(encoded(draft.fields))) : Buffer.alloc(0);
  const headers: [string, string][] = [
    ['Host', new URL(ORIGIN).host],
    ...(draft.headers.has('origin') ? [] : [['Origin', ORIGIN] as [string, string]]),
    ...(draft.headers.has('sec-fetch-site') ? [] : [['Sec-Fetch-Site', 'same-origin'] as [string, string]]),
    ...draft.headers,
    ...(hasBody && draft.type !== null ? [['Content-Type', draft.type] as [string, string]] : []),
    ...(hasBody ? [['Content-Length', String(body.length)] as [string, string]] : []),
  ];
  const cookie = draft.cookies.map(([name, value]) => `${name}=${value}`).join('; ');
  if (cookie) headers.push(['Cookie', cookie]);
  return { method: draft.method, target: draft.path + (search && `?${search}`), headers, body };
}
