import type { Guard } from './guard.ts';
import type { Token } from './token.ts';

/** What is used of Hono's context. */
export type HonoContext = {
  req: { header(name: string): string | undefined };
  set(key: 'token', token: Token): void;
};

/** `app.use('/wages/*', honoGuard(guard))`; then `c.get('token')`, with `Variables: { token: Token }`. */
export function honoGuard(guard: Guard) {
  return async (c: HonoContext, next: () => Promise<void>): Promise<Response | void> => {
    const guarded = await guard(c.req.header('authorization'));
    if (!guarded.ok) {
      const { status, headers, body } = guarded.denial;
      return new Response(body, { status, headers });
    }
    c.set('token', guarded.token);
    await next();
  };
}
