import { readFileSync } from 'node:fs';
import { Secret } from '#core/secret.ts';
import { securityHeaders } from '#http/headers.ts';
import { open, type Route } from '#web/route.ts';
import type { Visit } from '#web/visit.ts';
import { type DemoClock, readMove } from './clock.ts';
import { demoPage } from './demo.page.tsx';
import { forScripts } from './known.ts';
import type { Message } from './mailbox.ts';
import { byId, PEOPLE } from './people.ts';
import { secretsOf } from './person.ts';
import { demoView, type Stage } from './view.ts';
import { demoWords } from './words/index.ts';

const CSS = readFileSync(new URL('./demo.css', import.meta.url), 'utf8');
const MOST_BYTES = 4096;

/** What the demonstration adds to the product. */
export function demoRoutes(stage: Stage): Route[] {
  return [
    open('GET', '/demo', async (visit) => visit.page(demoPage, await demoView(visit, stage))),
    open('GET', '/demo/people.json', async (visit) => {
      const people = [];
      for (const person of PEOPLE) people.push(await forScripts(visit.read, person));
      return json(visit, people);
    }),
    open('GET', '/demo/messages.json', (visit) =>
      json(visit, stage.mailbox.messages(visit.url.searchParams.get('to')).map(messageJson)),
    ),
    open('GET', '/demo/clock', (visit) => json(visit, clockJson(stage.clock))),
    open('POST', '/demo/clock', (visit) => moveClock(visit, stage)),
    open('POST', '/demo/be', be),
    open('GET', '/demo/demo.css', (visit) => text(visit, CSS, 'text/css; charset=utf-8')),
  ];
}

/** By JSON from a script, which gets JSON; by a form from the page, which gets the page. */
async function moveClock(visit: Visit, stage: Stage): Promise<Response> {
  const body = await visit.request.text();
  const isJson = body.trimStart().startsWith('{') || (visit.request.headers.get('content-type') ?? '').includes('json');
  const move =
    body.length > MOST_BYTES
      ? 'malformed'
      : readMove(isJson ? parsed(body) : Object.fromEntries(new URLSearchParams(body)));
  const refusal = typeof move === 'string' ? move : stage.clock.move(move);
  if (!refusal) return isJson ? json(visit, clockJson(stage.clock)) : visit.redirect('/demo#clock');
  const sentence = demoWords(visit.words.lang).refusals[refusal];
  if (isJson) return json(visit, { error: sentence }, 422);
  const page = await visit.page(demoPage, await demoView(visit, stage, sentence));
  return new Response(page.body, { status: 422, headers: page.headers });
}

/** A browser in which nobody has been yet, or the person's own remembered laptop; then on to the sign-in. */
async function be(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const person = byId(form.get('person'));
  if (!person) return visit.problem({ refusal: 'not-found' });
  const ownLaptop = form.get('on') === 'laptop' && person.devices.length > 0;
  const until = visit.now.add({ hours: 30 * 24 });
  const device = ownLaptop ? { token: new Secret(secretsOf(person).deviceToken(0)), until } : null;
  return visit.redirect('/sign-in', { session: null, attempt: null, device });
}

function clockJson(clock: DemoClock) {
  return { now: clock.now().toString(), wall: clock.wall().toString(), offset: clock.offset().toString() };
}

function messageJson({ channel, to, at, subject, text, links }: Message) {
  return { channel, to, at: at.toString(), subject, text, links };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function json(visit: Visit, value: unknown, status = 200): Response {
  return text(visit, `${JSON.stringify(value, null, 2)}\n`, 'application/json; charset=utf-8', status);
}

function text({ site }: Visit, body: string, contentType: string, status = 200): Response {
  const headers = { ...securityHeaders({ publicUrl: site.publicUrl }), 'content-type': contentType };
  return new Response(body, { status, headers });
}
