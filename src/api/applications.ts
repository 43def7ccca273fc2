import { createHash } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type { ApplicationInput } from '#core/application/input.ts';
import type { Kept } from '#flows/stewardship.ts';
import type { Application } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import { refusedProblem, wrongFields } from './problem.ts';
import type { Program } from './program.ts';
import type { application, applicationInput } from './schemas.ts';

type Input = z.infer<typeof applicationInput>;
type Shown = z.infer<typeof application>;

/** Organisations have short names in the interface; one that is none of ours to see gets an id that no one has. */
export async function inputOf(read: Reader, { organisation }: Program, input: Input): Promise<ApplicationInput> {
  const all = await read.organisations.all();
  const slugs = input.audience ?? [organisation.slug];
  const audience = slugs.map((slug) => all.find((one) => one.slug === slug)?.id ?? `no-such-organisation ${slug}`);
  return { ...input, audience };
}

export async function shownOf(read: Reader, application: Application): Promise<Shown> {
  const all = await read.organisations.all();
  const { id, kind, name, status, homeUrl, policy, settings } = application;
  return {
    id,
    kind,
    name,
    status,
    homeUrl,
    audience: all.filter((one) => application.audience.includes(one.id)).map(({ slug }) => slug),
    policy: { ...policy, groups: [...policy.groups], strengthFor: [...policy.strengthFor] },
    settings: settingsOf(settings),
    hasSecret: application.secretHash !== null,
    createdAt: application.createdAt.toString(),
    changedAt: application.changedAt.toString(),
  };
}

function settingsOf(settings: Application['settings']): Shown['settings'] {
  if ('rules' in settings) return settings;
  return { ...settings, scopes: settings.scopes as ('openid' | 'profile')[] };
}

export function etagOf({ changedAt }: Application): string {
  return `"${changedAt.epochMilliseconds}"`;
}

/** `any`: whatever it is now; null where nothing was said, or nothing that we ever said. */
export function seenOf(header: string | undefined): Temporal.Instant | 'any' | null {
  if (header === '*') return 'any';
  const millis = /^"(\d{1,15})"$/.exec(header ?? '')?.[1];
  return millis === undefined ? null : Temporal.Instant.fromEpochMilliseconds(Number(millis));
}

export async function answerWith(
  read: Reader,
  kept: Kept,
  now: Temporal.Instant,
  { status = 200, withSecret = true } = {},
): Promise<Response> {
  if (!kept.ok) return kept.wrong.length > 0 ? wrongFields(kept.wrong, now) : refusedProblem(kept.refused, now);
  const shown = await shownOf(read, kept.application);
  const body = withSecret ? { ...shown, secret: kept.secret?.reveal() ?? null } : shown;
  return Response.json(body, {
    status,
    headers: {
      etag: etagOf(kept.application),
      ...(status === 201 && { location: `/api/v1/applications/${shown.id}` }),
    },
  });
}

/** The same key of the same token means the same application: a request that is sent again finds what the first made. */
export function idFor(key: string, { steward }: Program): string {
  const token = 'token' in steward.by ? steward.by.token : '';
  const hex = createHash('sha256').update(`${token} ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
