import { setApplicationLogo } from '#flows/stewardship.ts';
import { readPicture } from '#http/picture.ts';
import type { Application } from '#store/rows.ts';
import type { Visit } from '../visit.ts';
import { applicationPage } from './application.page.tsx';
import { viewOf } from './applications.ts';
import type { AdminVisit } from './door.ts';

export async function uploadLogo(visit: AdminVisit, application: Application): Promise<Response> {
  const read = await readPicture(visit.request, 'picture');
  if (!read.ok) {
    if (read.status !== 422) return visit.problem({ refusal: read.refusal }, read.status);
    const refused = { refusal: read.refusal };
    return visit.page(applicationPage, await viewOf(visit, application, { logoError: visit.says(refused) }), refused);
  }
  return after(visit, application, read.picture);
}

export function removeLogo(visit: AdminVisit, application: Application): Promise<Response> {
  return after(visit, application, null);
}

async function after(
  visit: AdminVisit,
  { id }: Application,
  picture: { type: string; bytes: Uint8Array } | null,
): Promise<Response> {
  const kept = await setApplicationLogo(visit.deps, visit.steward, id, picture);
  return kept.ok ? visit.redirect(`/admin/applications/${id}?done=logo`) : visit.problem(kept.refused);
}

/**
 * The picture of an application, for the portal and for the page on which people agree. Somebody else's bytes on our
 * origin: never read as anything but a picture, and without any rights if it is opened on its own.
 */
export async function showLogo(visit: Visit): Promise<Response> {
  const logo = await visit.read.applications.logo(visit.params['id'] ?? '');
  if (!logo) return visit.problem({ refusal: 'not-found' });
  return new Response(Uint8Array.from(logo.bytes), {
    headers: {
      'content-type': logo.type,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=300',
    },
  });
}
