import { securityHeaders } from '#http/headers.ts';
import type { Route } from '../route.ts';
import type { Visit } from '../visit.ts';

export const healthRoutes: Route[] = [
  { method: 'GET', path: '/health/live', level: 'health', answer: live },
  { method: 'GET', path: '/health/ready', level: 'health', answer: ready },
];

/** The process answers; whether anything behind it works is another question. */
function live({ site }: Visit): Response {
  return json(site, 200, { status: 'ok' });
}

/** Sign-ins would work now: the database can be written. Why not is for the log; a stranger learns that, and no more. */
async function ready({ site }: Visit): Promise<Response> {
  const health = await site.deps.store.health();
  if (health === 'ok') return json(site, 200, { status: 'ok' });
  site.log.warn({ why: health }, 'not ready');
  return json(site, 503, { status: 'unavailable' });
}

function json({ publicUrl }: Visit['site'], status: number, body: { status: string }): Response {
  const headers = { ...securityHeaders({ publicUrl }), 'content-type': 'application/json' };
  return new Response(`${JSON.stringify(body)}\n`, { status, headers });
}
