import { accountRoutes } from './account/routes.ts';
import { applicationRoutes } from './applications/routes.ts';
import { authenticatorAppRoutes } from './authenticator-app/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { adminRoutes } from './admin/routes.ts';
import { enrolRoutes } from './enrol/routes.ts';
import { forwardAuthRoutes } from './forward-auth/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { helpRoutes } from './help/routes.ts';
import { portalRoutes } from './portal/routes.ts';
import type { Route } from './route.ts';
import { recoveryRoutes } from './recovery/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';

/** Every address of the product. */
export const routes: Route[] = [
  ...signInRoutes,
  ...enrolRoutes,
  ...accountRoutes,
  ...applicationRoutes,
  ...portalRoutes,
  ...recoveryRoutes,
  ...deskRoutes,
  ...adminRoutes,
  ...helpRoutes,
  ...authenticatorAppRoutes,
  ...forwardAuthRoutes,
  ...healthRoutes,
];
