import { createApiToken, type NewToken } from '#flows/api-tokens.ts';
import type { Steward } from '#flows/administration.ts';
import type { Organisation } from '#store/rows.ts';
import type { Rig } from './rig.ts';

export type ApiAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Calls the interface as a program does: a header, and no cookie. */
export function caller(r: Rig, token: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const request = new Request(`https://id.example.test/api/v1${path}`, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const response = await r.app.fetch(request, '127.0.0.1');
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? asRecord(JSON.parse(text)) : {} };
  };
}

/** A token, as an administrator makes it. */
export async function tokenFor(
  r: Rig,
  steward: Steward,
  organisation: Organisation,
  wish: Partial<NewToken> = {},
): Promise<string> {
  const input: NewToken = { organisation: organisation.id, name: 'Import', scope: 'write', days: 90, ...wish };
  const made = await createApiToken(r.deps, steward, input);
  if ('refused' in made) throw new Error(made.refused.refusal);
  return made.token.reveal();
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return Object.fromEntries(Object.entries(value));
}
