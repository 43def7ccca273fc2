import type { Answered, Jar } from '#test/support/jar.ts';
import { givePassword, visit, type World } from '#test/support/oidc-client.ts';

/** A program's request, without a browser's cookies and headers. */
export function post(
  { newJar }: Pick<World, 'newJar'>,
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const jar = newJar();
  const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
  const sent = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers };
  return jar.send(new Request(new URL(path, jar.origin), { method: 'POST', headers: sent, body }));
}

/** With the password alone: these cases are about applications, not about people. */
export async function signIn({ grace }: Pick<World, 'grace'>, jar: Jar): Promise<void> {
  const { page } = await givePassword(jar, await visit(jar, '/sign-in'), grace);
  if (page.path !== '/') throw new Error(`not signed in, but at ${page.path}`);
}

/** What an application was sent, in the query or in the fragment. */
export function sentTo(left: string): { target: string; parameters: URLSearchParams } {
  const url = new URL(left);
  const parameters = new URLSearchParams([...url.searchParams, ...new URLSearchParams(url.hash.slice(1))]);
  return { target: url.origin + url.pathname, parameters };
}

export function errorIn({ text }: Answered): unknown {
  try {
    return (JSON.parse(text) as { error?: unknown }).error;
  } catch {
    return null;
  }
}
