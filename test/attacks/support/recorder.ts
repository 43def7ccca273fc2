import type { App } from '#web/app.ts';

/** One answer of the server as it left, without the cookies it set: those are where they belong. */
export type Recorded = { method: string; path: string; status: number; headers: Headers; text: string };

/** Everything that the server says to anybody, in order. */
export function recorded(wire: App): { app: App; answers: Recorded[] } {
  const answers: Recorded[] = [];
  const app: App = {
    routes: [],
    async fetch(request, peer) {
      const { pathname, search } = new URL(request.url);
      const response = await wire.fetch(request, peer);
      const text = await response.clone().text();
      const headers = new Headers([...response.headers].filter(([name]) => name !== 'set-cookie'));
      answers.push({ method: request.method, path: pathname + search, status: response.status, headers, text });
      return response;
    },
  };
  return { app, answers };
}
