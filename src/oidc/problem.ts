import type { Configuration } from 'oidc-provider';
import { toRequest } from './request.ts';
import type { Around, Problem } from './around.ts';
import { errors } from './library.ts';

type RenderError = NonNullable<Configuration['renderError']>;

/** A page of ours, and no way back to an application that may not be the one it says it is. */
export function renderError({ pages }: Pick<Around, 'pages'>): RenderError {
  return async (ctx, _out, error) => {
    const answer = await pages.problem(toRequest(ctx), problemOf(error), ctx.status);
    ctx.status = answer.status;
    answer.headers.forEach((value, name) => ctx.set(name, value));
    ctx.body = Buffer.from(await answer.arrayBuffer());
  };
}

function problemOf(error: Error): Problem {
  if (error instanceof errors.SessionNotFound) return 'expired';
  if (error instanceof errors.InvalidRedirectUri) return 'redirect-unknown';
  if (error instanceof errors.InvalidClient) return 'unknown-application';
  return error instanceof errors.OIDCProviderError ? 'request-wrong' : 'fault';
}
