/** Every address the provider answers at, and who may come: the world, or an application that says which one it is. */
export type Endpoint = { method: 'GET' | 'POST'; path: string; level: 'public' | 'client' };

export const ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/.well-known/openid-configuration', level: 'public' },
  { method: 'GET', path: '/oidc/keys', level: 'public' },
  { method: 'GET', path: '/oidc/auth', level: 'public' },
  { method: 'POST', path: '/oidc/auth', level: 'public' },
  { method: 'GET', path: '/oidc/auth/:uid', level: 'public' },
  { method: 'POST', path: '/oidc/par', level: 'client' },
  { method: 'POST', path: '/oidc/token', level: 'client' },
  { method: 'GET', path: '/oidc/userinfo', level: 'client' },
  { method: 'POST', path: '/oidc/userinfo', level: 'client' },
  { method: 'POST', path: '/oidc/introspection', level: 'client' },
  { method: 'POST', path: '/oidc/revocation', level: 'client' },
  { method: 'POST', path: '/oidc/logout', level: 'public' },
];
