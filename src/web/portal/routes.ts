import { type Route, signedIn, type SignedInVisit } from '../route.ts';
import { portalPage } from './portal.page.tsx';
import { portalView } from './view.ts';

export const portalRoutes: Route[] = [signedIn('GET', '/', show)];

async function show(visit: SignedInVisit): Promise<Response> {
  return visit.page(portalPage, await portalView(visit));
}
