import { problemPage } from '../problem.page.tsx';
import type { Visit } from '../visit.ts';

type What = 'unknown-application' | 'redirect-unknown' | 'expired' | 'request-wrong' | 'fault';

/** A request of an application that cannot go on, and cannot be sent back to it either. */
export async function applicationProblem(visit: Visit, what: What, status: number): Promise<Response> {
  const view = { sentence: visit.words.t(`applications.problem-${what}`), reference: null };
  const page = await visit.page(problemPage, view);
  return new Response(page.body, { status, headers: page.headers });
}
