import { type Refused, refuse } from '#core/refusal.ts';
import type { Wrong } from '#core/application/rules.ts';
import { speak } from '#words/index.ts';

export type FieldProblem = { field: string; code: string; detail: string };

/** Every "no" of the interface has this one shape (RFC 9457), with the sentence that the page would say. */
export function problem(
  status: number,
  refused: Refused,
  now: Temporal.Instant,
  more: { code?: string; detail?: string; errors?: FieldProblem[]; headers?: Record<string, string> } = {},
): Response {
  const { code = refused.refusal, detail = sentence(refused, now), errors, headers } = more;
  const title = TITLES[status] ?? 'Refused';
  const body = { type: 'about:blank', title, status, code, detail, ...(errors && { errors }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

/** What is wrong with fields of what was sent. */
export function wrongFields(wrong: readonly Wrong[], now: Temporal.Instant): Response {
  const errors = wrong.map(({ field, refused }) => ({
    field: pointerOf(field),
    code: refused.refusal,
    detail: sentence(refused, now),
  }));
  return problem(422, wrong[0]?.refused ?? refuse('input-malformed'), now, { errors });
}

/** A refusal of a flow that is about the whole request. */
export function refusedProblem(refused: Refused, now: Temporal.Instant): Response {
  if (refused.refusal === 'changed-meanwhile') return problem(412, refused, now);
  return problem(refused.refusal === 'not-found' ? 404 : 422, refused, now);
}

/** JSON Pointer (RFC 6901) of a path that a schema complains about. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Fields are named flat, as a form has them; where they stand in JSON is said here. */
function pointerOf(field: string): string {
  if (['name', 'homeUrl', 'audience'].includes(field)) return `/${field}`;
  const isPolicy = ['groups', 'strength', 'strengthFor', 'freshWithinSeconds'].includes(field);
  return `/${isPolicy ? 'policy' : 'settings'}/${field.replaceAll('.', '/')}`;
}

const english = speak('en');

function sentence(refused: Refused, now: Temporal.Instant): string {
  return english.refusal(refused, now);
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
