import { OpenAPIHono } from '@hono/zod-openapi';
import * as applications from '#flows/stewardship.ts';
import { refuse } from '#core/refusal.ts';
import type { Deps } from '#flows/deps.ts';
import { helpReport } from '#flows/help-report.ts';
import { setPersonGroups } from '#flows/people.ts';
import { enrolmentOf } from '#flows/world.ts';
import type { Member } from '#store/administration.ts';
import { answerWith, etagOf, idFor, inputOf, seenOf, shownOf } from './applications.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { pointer, problem, refusedProblem } from './problem.ts';
import type { Program } from './program.ts';
import * as routes from './routes.ts';

/** Every answer of the interface to a program that is known, and the description of them all. */
export function answering(deps: Deps, publicUrl: URL) {
  const { read } = deps.store;
  const now = () => deps.clock.now();
  const api = new OpenAPIHono<{ Bindings: { program: Program } }>({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.map(({ path, message }) => ({
        field: pointer(path),
        code: 'input-malformed',
        detail: message,
      }));
      return problem(422, refuse('input-malformed'), now(), { errors });
    },
  });

  api.openapi(routes.listApplications, async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const after = readCursor(cursor);
    if (after === 'malformed') return badCursor();
    const { organisation } = c.env.program;
    const all = await read.applications.ownedBy(organisation.id);
    // By name, then id, as they come; whoever was removed meanwhile leaves no gap behind.
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after.id) + 1;
    const page = all.slice(start, start + limit);
    const last = page.at(-1);
    const next = last && start + limit < all.length ? writeCursor(last) : null;
    return Response.json({ items: await Promise.all(page.map((one) => shownOf(read, one))), next });
  });

  api.openapi(routes.createApplication, async (c) => {
    const { program } = c.env;
    const key = c.req.valid('header')['idempotency-key'];
    const id = key === undefined ? null : idFor(key, program);
    const before = id && (await read.applications.byId(id));
    const input = await inputOf(read, program, c.req.valid('json'));
    const kept = await applications.createApplication(deps, program.steward, program.organisation.id, input, id);
    return answerWith(read, kept, now(), { status: before ? 200 : 201 });
  });

  api.openapi(routes.readApplication, async (c) => {
    const found = await ownApplication(c.env.program, c.req.valid('param').id);
    if (!found) return refusedProblem(refuse('not-found'), now());
    return Response.json(await shownOf(read, found), { headers: { etag: etagOf(found) } });
  });

  api.openapi(routes.changeApplication, async (c) => {
    const { program } = c.env;
    const { id } = c.req.valid('param');
    const seen = seenOf(c.req.valid('header')['if-match']);
    if (seen === null) return seenRequired();
    const input = await inputOf(read, program, c.req.valid('json'));
    const asSeen = seen === 'any' ? null : seen;
    return answerWith(read, await applications.changeApplication(deps, program.steward, id, input, asSeen), now());
  });

  api.openapi(routes.removeApplication, async (c) => {
    const { id } = c.req.valid('param');
    const seen = seenOf(c.req.valid('header')['if-match']);
    if (seen === null) return seenRequired();
    const asSeen = seen === 'any' ? null : seen;
    const kept = await applications.removeApplication(deps, c.env.program.steward, id, null, asSeen);
    return kept.ok ? new Response(null, { status: 204 }) : answerWith(read, kept, now());
  });

  api.openapi(routes.setApplicationStatus, async (c) => {
    const { id } = c.req.valid('param');
    const { status } = c.req.valid('json');
    const kept = await applications.setApplicationStatus(deps, c.env.program.steward, id, status);
    return answerWith(read, kept, now(), { withSecret: false });
  });

  api.openapi(routes.renewSecret, async (c) => {
    const { id } = c.req.valid('param');
    return answerWith(read, await applications.renewSecret(deps, c.env.program.steward, id), now());
  });

  api.openapi(routes.listPeople, async (c) => {
    const { cursor, limit, search } = c.req.valid('query');
    const after = readCursor(cursor);
    if (after === 'malformed') return badCursor();
    const organisation = c.env.program.organisation.id;
    const from = after && { name: after.name, account: after.id };
    const found = await read.people.page({ organisation, search, after: from, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next = last && found.length > limit ? writeCursor({ name: last.name, id: last.account }) : null;
    return Response.json({ items: page.map(shownPerson), next });
  });

  api.openapi(routes.readPerson, async (c) => {
    const found = await read.people.member(c.env.program.organisation.id, c.req.valid('param').id);
    return found ? Response.json(shownPerson(found)) : refusedProblem(refuse('not-found'), now());
  });

  api.openapi(routes.setPersonGroups, async (c) => {
    const { program } = c.env;
    const organisation = program.organisation.id;
    const account = c.req.valid('param').id;
    const { groups } = c.req.valid('json');
    const set = await setPersonGroups(deps, program.steward, { organisation, account, groups });
    const found = await read.people.member(organisation, account);
    if ('refusal' in set || !found) return refusedProblem('refusal' in set ? set : refuse('not-found'), now());
    return Response.json(shownPerson(found));
  });

  api.openapi(routes.readHelpReport, async (c) => {
    const { days, language = null } = c.req.valid('query');
    const { since, until, lines } = await helpReport(deps, c.env.program.organisation.id, { days, language });
    const items = lines.map(({ article, language: of, page, refusal, stuck, no, yes }) => ({
      article,
      language: of,
      page: page || null,
      refusal: refusal || null,
      stuck,
      notHelpful: no,
      helpful: yes,
    }));
    return Response.json({ since: since.toString(), until: until.toString(), items });
  });

  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  const description = JSON.stringify(
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Nachtslot', version: '1', description: DESCRIPTION },
      servers: [{ url: publicUrl.origin }],
    }),
  );

  return {
    fetch: (request: Request, env: { program: Program }) => api.fetch(request, env),
    document: () =>
      new Response(description, {
        headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
      }),
  };

  /** One of another organisation is not there. */
  async function ownApplication({ organisation }: Program, id: string) {
    const found = await read.applications.byId(id);
    return found?.owner === organisation.id ? found : null;
  }

  function badCursor(): Response {
    const detail = 'Send `next` of the page before, as it was.';
    const errors = [{ field: '/cursor', code: 'input-malformed', detail }];
    return problem(422, refuse('input-malformed'), now(), { detail, errors });
  }

  function seenRequired(): Response {
    const detail = 'Send the ETag of what you have seen in If-Match, so that nobody else’s change is lost.';
    return problem(428, refuse('changed-meanwhile'), now(), { code: 'if-match-required', detail });
  }
}

const DESCRIPTION =
  'Applications and people of one organisation, and where they get stuck. A token is made by an administrator, on the page “Access tokens”.';

function shownPerson({ account, name, address, status, role, groups, secondSteps }: Member) {
  return { id: account, name, address, status, role, groups, enrolment: enrolmentOf(secondSteps) };
}
