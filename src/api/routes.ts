import { createRoute, z } from '@hono/zod-openapi';
import {
  application,
  applicationInput,
  groupsInput,
  helpReport,
  helpReportQuery,
  pageOf,
  paging,
  person,
  problem,
  statusInput,
  withSecret,
} from './schemas.ts';

/** Every address of the interface. `nachtslot routes` prints the list; `openapi.json` is made from it. */

const BASE = '/api/v1';
const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const id = z.object({ id: z.string().min(1).max(100) });
const etag = z.object({ ETag: z.string().describe('Names this state; send it back in `If-Match`.') });

type Answers = NonNullable<Parameters<typeof createRoute>[0]>['responses'];

/**
 * Typed by the sentences alone: a handler may then answer with any `Response`, which the problems are. That each answer
 * has the shape that is said here, the tests look after.
 */
function answers(done: Answers, ...refused: (400 | 404 | 412 | 422 | 428)[]): Record<number, { description: string }> {
  const content = { 'application/problem+json': { schema: problem } };
  const not = [401, 403, 429, ...refused].map((status) => [status, { description: 'Refused', content }]);
  return { ...done, ...Object.fromEntries(not) };
}

const seen = z.object({
  'if-match': z
    .string()
    .max(100)
    .optional()
    .describe('The `ETag` of what you have seen, or `*` for whatever it is now.'),
});
const security = [{ token: [] }];
const body = <T extends z.ZodType>(schema: T) => ({ ...json(schema), required: true });

export const listApplications = createRoute({
  method: 'get',
  path: `${BASE}/applications`,
  summary: 'Applications of the organisation, by name',
  security,
  request: { query: paging },
  responses: answers({ 200: { description: 'A page', ...json(pageOf(application)) } }, 422),
});

export const createApplication = createRoute({
  method: 'post',
  path: `${BASE}/applications`,
  summary: 'Adds an application; its secret is in the answer, once',
  security,
  request: {
    body: body(applicationInput),
    headers: z.object({
      'idempotency-key': z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe('With the same key a second request adds nothing: it answers 200, without a secret.'),
    }),
  },
  responses: answers(
    {
      200: { description: 'It was added before, under the same key', headers: etag, ...json(withSecret) },
      201: { description: 'Added', headers: etag, ...json(withSecret) },
    },
    400,
    422,
  ),
});

export const readApplication = createRoute({
  method: 'get',
  path: `${BASE}/applications/{id}`,
  summary: 'One application',
  security,
  request: { params: id },
  responses: answers({ 200: { description: 'The application', headers: etag, ...json(application) } }, 404),
});

export const changeApplication = createRoute({
  method: 'put',
  path: `${BASE}/applications/{id}`,
  summary: 'Says everything about an application anew, but its status and its secret',
  security,
  request: { params: id, headers: seen, body: body(applicationInput) },
  responses: answers(
    {
      200: { description: 'Changed', headers: etag, ...json(withSecret) },
    },
    400,
    404,
    412,
    422,
    428,
  ),
});

export const removeApplication = createRoute({
  method: 'delete',
  path: `${BASE}/applications/{id}`,
  summary: 'Removes an application with everything it was given',
  security,
  request: { params: id, headers: seen },
  responses: answers({ 204: { description: 'Removed' } }, 404, 412, 422, 428),
});

export const setApplicationStatus = createRoute({
  method: 'put',
  path: `${BASE}/applications/{id}/status`,
  summary: 'Switches an application off, or on again',
  security,
  request: { params: id, body: body(statusInput) },
  responses: answers({ 200: { description: 'Done', headers: etag, ...json(application) } }, 400, 404, 422),
});

export const renewSecret = createRoute({
  method: 'post',
  path: `${BASE}/applications/{id}/secret`,
  summary: 'Makes a new secret; the old one stops working at once',
  security,
  request: { params: id },
  responses: answers({ 200: { description: 'Renewed', headers: etag, ...json(withSecret) } }, 404),
});

export const listPeople = createRoute({
  method: 'get',
  path: `${BASE}/people`,
  summary: 'People of the organisation, by name, with how they are protected',
  security,
  request: { query: paging.extend({ search: z.string().max(100).default('').describe('In name and address.') }) },
  responses: answers({ 200: { description: 'A page', ...json(pageOf(person)) } }, 422),
});

export const readPerson = createRoute({
  method: 'get',
  path: `${BASE}/people/{id}`,
  summary: 'One person',
  security,
  request: { params: id },
  responses: answers({ 200: { description: 'The person', ...json(person) } }, 404),
});

export const setPersonGroups = createRoute({
  method: 'put',
  path: `${BASE}/people/{id}/groups`,
  summary: 'Puts a person into these groups of the organisation, and out of all others',
  security,
  request: { params: id, body: body(groupsInput) },
  responses: answers({ 200: { description: 'The person', ...json(person) } }, 400, 404, 422),
});

export const readHelpReport = createRoute({
  method: 'get',
  path: `${BASE}/help/report`,
  summary: 'Where people get stuck in the help centre, most stuck first: numbers, and nobody',
  security,
  request: { query: helpReportQuery },
  responses: answers({ 200: { description: 'The report', ...json(helpReport) } }, 422),
});

const all = [
  listApplications,
  createApplication,
  readApplication,
  changeApplication,
  removeApplication,
  setApplicationStatus,
  renewSecret,
  listPeople,
  readPerson,
  setPersonGroups,
  readHelpReport,
];

export const DOCUMENT = `${BASE}/openapi.json`;

export type ApiLevel = 'public' | 'token-read' | 'token-write';
export type ApiRoute = { method: string; path: string; level: ApiLevel };

export const apiRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: DOCUMENT, level: 'public' },
  ...all.map(
    ({ method, path }): ApiRoute => ({
      method: method.toUpperCase(),
      path: path.replace('{id}', ':id'),
      level: method === 'get' ? 'token-read' : 'token-write',
    }),
  ),
];
