import { programOf } from '#flows/api-tokens.ts';
import type { Deps } from '#flows/deps.ts';
import { refuse } from '#core/refusal.ts';
import { problem } from './problem.ts';
import type { ApiLevel } from './routes.ts';

/** Who is asking: a program, for one organisation, in the name of an administrator. */
export type Program = Exclude<Awaited<ReturnType<typeof programOf>>, null | { refusal: unknown }>;

/** By the header alone (RFC 6750 §2.1). A cookie speaks for nobody here, so that no other site can. */
export async function authenticate(
  deps: Deps,
  request: Request,
  level: ApiLevel,
  origin: Program['steward']['origin'],
): Promise<Program | Response> {
  const now = deps.clock.now();
  const token = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const program = token === undefined ? null : await programOf(deps, token, origin);
  if (!program) {
    const detail = 'Send a token that is good, as “Authorization: Bearer TOKEN”.';
    const challenge = `Bearer realm="nachtslot"${token === undefined ? '' : ', error="invalid_token"'}`;
    return problem(401, refuse('session-required'), now, {
      code: 'token-required',
      detail,
      headers: { 'www-authenticate': challenge },
    });
  }
  if ('refusal' in program) {
    const seconds = Math.max(1, Math.ceil(now.until(program.detail?.retryAt ?? now).total('seconds')));
    const detail = `This token has made too many requests. Try again in ${seconds} seconds.`;
    return problem(429, program, now, {
      code: 'too-many-requests',
      detail,
      headers: { 'retry-after': String(seconds) },
    });
  }
  if (level === 'token-write' && program.scope !== 'write')
    return problem(403, refuse('not-found'), now, {
      code: 'token-reads-only',
      detail: 'This token may read, and not change anything.',
      headers: { 'www-authenticate': 'Bearer realm="nachtslot", error="insufficient_scope"' },
    });
  return program;
}
