import { enrolRoutes } from './enrol/routes.ts';
import type { Route } from './route.ts';
import { signInRoutes } from './sign-in/routes.ts';

/** Every address of the product. */
export const routes: readonly Route[] = [...signInRoutes, ...enrolRoutes];
