import type { Guard } from './guard.ts';
import type { Token } from './token.ts';

/** What is used of Express, which is what it has from `node:http`: it fits Connect and a bare server as well. */
export type ExpressRequest = { headers: { authorization?: string | undefined }; token?: Token };
export type ExpressResponse = {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
};

/** `app.use('/wages', expressGuard(guard))`; then `request.token`. A fault goes to `next`, as Express 4 needs it. */
export function expressGuard(guard: Guard) {
  return async (request: ExpressRequest, response: ExpressResponse, next: (fault?: unknown) => void): Promise<void> => {
    try {
      const guarded = await guard(request.headers.authorization);
      if (guarded.ok) request.token = guarded.token;
      else {
        const { status, headers, body } = guarded.denial;
        response.statusCode = status;
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        response.end(body);
        return;
      }
    } catch (fault) {
      next(fault);
      return;
    }
    next();
  };
}
