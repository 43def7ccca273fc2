import type { Application } from '#store/rows.ts';
import { EXAMPLE_NOW } from '../page.ts';
import type { Room } from './room.ts';

export const EXAMPLE_ROOM: Room = { organisation: { slug: 'bakkerij', name: 'Bakkerij van Dam' }, others: [] };

const common: Pick<
  Application,
  'owner' | 'audience' | 'status' | 'secretHash' | 'hasLogo' | 'createdAt' | 'changedAt'
> = {
  owner: 'bakkerij',
  audience: ['bakkerij'],
  status: 'active',
  secretHash: null,
  hasLogo: false,
  createdAt: EXAMPLE_NOW.subtract({ hours: 30 * 24 }),
  changedAt: EXAMPLE_NOW.subtract({ hours: 26 }),
};

export const EXAMPLE_PAYROLL: Application = {
  ...common,
  id: '5b0c7f2e-6f0e-4d0f-9f0a-2f5f8d1f2a11',
  name: 'Loonstrook',
  kind: 'oidc',
  audience: ['bakkerij', 'brouwer'],
  homeUrl: 'https://loonstrook.example/',
  policy: { groups: [], strength: 'two-steps', strengthFor: ['Finance', 'Night shift'], freshWithinSeconds: 900 },
  settings: {
    type: 'web',
    redirectUris: ['https://loonstrook.example/callback'],
    postLogoutRedirectUris: ['https://loonstrook.example/'],
    backchannelLogoutUri: '',
    authMethod: 'client_secret_basic',
    jwks: null,
    profile: 'standard',
    dpop: false,
    idTokenAlg: 'ES256',
    scopes: ['openid', 'profile', 'email', 'assurance'],
    consent: 'ask',
    resources: [],
  },
  secretHash: Uint8Array.of(1),
};

export const EXAMPLE_WIKI: Application = {
  ...common,
  id: '9a41e0c4-1c3d-4f83-8a55-bb1a7d0e0c22',
  name: 'Wiki',
  kind: 'forward-auth',
  homeUrl: 'https://wiki.bakkerij.example/',
  policy: { groups: [], strength: 'organisation', strengthFor: [], freshWithinSeconds: null },
  settings: {
    rules: [
      { host: 'wiki.bakkerij.example', path: '/recipes', access: 'two-steps', groups: ['Bakers'] },
      { host: 'wiki.bakkerij.example', path: '/', access: 'signed-in', groups: [] },
    ],
  },
};

export const EXAMPLE_OFF: Application = {
  ...EXAMPLE_PAYROLL,
  id: 'c1d0e4b2-3a7e-4c1e-8f5e-7a9b4d2c6e33',
  name: 'Urenregistratie van het vorige rooster dat niemand meer gebruikt',
  status: 'disabled',
  policy: { ...EXAMPLE_PAYROLL.policy, strength: 'organisation', strengthFor: [] },
  homeUrl: '',
};
