import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Import, type Source, sources } from './architecture/sources.ts';

/**
 * Who may import whom, below `src/`. Everybody may import their own folder. "(types)": nothing that is left after the
 * types are stripped.
 */
const ARROWS: Record<string, string[]> = {
  core: [],
  http: [],
  ui: [],
  words: ['core (types)'],
  help: ['core (types)', 'words (types)'],
  store: ['core (types)', 'core/secret.ts'],
  authenticators: ['core', 'ui', 'words'],
  outbox: ['core', 'store', 'words', 'http'],
  flows: ['core', 'authenticators', 'store', 'outbox', 'help (types)'],
  web: [
    'core (types)',
    'flows',
    'http',
    'ui',
    'words',
    'help',
    'store (types)',
    'authenticators/screens.ts',
    'authenticators/screen.ts (types)',
  ],
  oidc: ['core', 'flows', 'http', 'store (types)'],
  'forward-auth': ['core', 'flows', 'http', 'store (types)'],
  api: ['core', 'flows', 'http', 'words', 'store (types)'],
  cli: [
    'core',
    'authenticators/index.ts',
    'flows',
    'store',
    'outbox',
    'http',
    'words',
    'help',
    'web/routes.ts',
    'api/routes.ts',
    'oidc/endpoints.ts',
    'oidc/signing-keys.ts',
    'config.ts',
    'main.ts',
  ],
  'config.ts': ['core', 'http'],
  'main.ts': ['core', 'authenticators', 'flows', 'store', 'outbox', 'http', 'ui', 'web', 'oidc', 'forward-auth', 'api'],
};

/** What is not ours is known in few places, so that it can be replaced there. `core` and `words` know nothing of Node. */
const LIBRARIES: Record<string, string[]> = {
  '@fontsource/atkinson-hyperlegible': ['ui'],
  '@hono/node-server': ['main.ts'],
  '@hono/zod-openapi': ['api'],
  '@node-rs/argon2': ['authenticators/peppered-hash.ts'],
  '@simplewebauthn/server': ['authenticators/passkey'],
  '@zxcvbn-ts/core': ['authenticators/password'],
  '@zxcvbn-ts/language-common': ['authenticators/password'],
  '@zxcvbn-ts/language-en': ['authenticators/password'],
  aws4fetch: ['outbox/sms'],
  esbuild: ['ui/assets.ts', 'ui/app-assets.ts'],
  hono: ['web/app.ts'],
  i18next: ['words'],
  // In the authenticator app alone, which is not below `src/`: test/authenticator-app.test.ts.
  jsqr: [],
  kysely: ['store'],
  'libphonenumber-js': ['authenticators/sms'],
  nodemailer: ['outbox/mail.ts'],
  'oidc-provider': ['oidc'],
  pg: ['store/postgres.ts'],
  pino: ['cli'],
  preact: ['ui', 'web', 'authenticators', 'outbox'],
  'preact-render-to-string': ['ui', 'outbox'],
  uqr: ['ui/qr.tsx'],
  'web-push': ['outbox'],
  zod: ['api', 'config.ts', 'store', 'outbox', 'cli'],
  'node:crypto': [
    'authenticators',
    'flows',
    'store',
    'outbox',
    'http',
    'ui',
    'web',
    'cli',
    'oidc',
    'forward-auth',
    'api',
  ],
  node: ['oidc', 'store', 'outbox', 'http', 'ui', 'help', 'cli', 'main.ts', 'config.ts'],
};

const all = sources();

test('every import goes along an allowed arrow', () => {
  none((source, one) => one.own && !isArrow(source, one));
});

test('a library is imported only where it is at home', () => {
  none(({ path }, { own, target }) => !own && !homesOf(target).some((home) => isBelow(path, home)));
});

test('an authenticator type imports no other type', () => {
  const typeOf = (path: string) => /^authenticators\/([^/]+)\//.exec(path)?.[1];
  none(({ path }, { target }) => typeOf(path) !== undefined && ![undefined, typeOf(path)].includes(typeOf(target)));
});

test('no folder leads back to itself', () => {
  const visit = (folder: string, trail: string[]): void => {
    assert.ok(!trail.includes(folder), [...trail, folder].join(' → '));
    const onward = all.filter(({ path }) => folderOf(path) === folder).flatMap(({ imports }) => imports);
    const next = new Set(onward.filter(({ own }) => own).map(({ target }) => folderOf(target)));
    for (const one of next) if (one !== folder) visit(one, [...trail, folder]);
  };
  for (const folder of Object.keys(ARROWS)) visit(folder, []);
});

test('the core is pure: no clock, no randomness, nothing that waits', () => {
  nowhere(/\b(Temporal\.Now|Date|Math\.random|crypto|process|async|await|new Promise)\b/, (path) =>
    isBelow(path, 'core'),
  );
});

test('only main, the configuration and the command line read the clock and the environment', () => {
  const mayRead = ['main.ts', 'config.ts', 'cli', 'ui/browser'];
  nowhere(
    /\b(Temporal\.Now|Date\.now|new Date\(\)|process\.env)\b/,
    (path) => !mayRead.some((one) => isBelow(path, one)),
  );
});

test('a page cannot change the world', () => {
  nowhere(/\b(Writer|transaction)\b/, (path) => isBelow(path, 'web'));
});

test('a session is what the last step produces: one function opens it', () => {
  const places = all.flatMap(({ path, code }) => [...code.matchAll(/do: 'open-session',/g)].map(() => path));
  assert.deepEqual(places, ['core/sign-in/decide.ts']);
});

test('nobody argues with the compiler', () => {
  nowhere(/@ts-(ignore|expect-error|nocheck)|\bas (any|unknown as)\b/, () => true);
});

test('every dependency has a home, and every home a dependency', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const libraries = Object.keys(LIBRARIES).filter((name) => name !== 'node' && !name.startsWith('node:'));
  assert.deepEqual(Object.keys(dependencies).sort(), libraries.sort());
});

test('files are small: half below 80 lines, nine in ten below 200', () => {
  const sizes = all.map(({ lines }) => lines).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor(sizes.length * share)] ?? 0;
  assert.ok(at(0.5) < 80, `the median is ${at(0.5)}`);
  assert.ok(at(0.9) < 200, `nine in ten are below ${at(0.9)}`);
});

function isArrow({ path }: Source, { target, typesOnly }: Import): boolean {
  const home = folderOf(path);
  return [home, ...(ARROWS[home] ?? [])].some((arrow) => {
    const [to = '', types] = arrow.split(' ');
    return isBelow(target, to) && (types === undefined || typesOnly);
  });
}

function homesOf(library: string): string[] {
  const name = library
    .split('/')
    .slice(0, library.startsWith('@') ? 2 : 1)
    .join('/');
  return LIBRARIES[library] ?? LIBRARIES[name] ?? (library.startsWith('node:') ? (LIBRARIES['node'] ?? []) : []);
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function isBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function none(isWrong: (source: Source, one: Import) => boolean): void {
  const wrong = all.flatMap((source) =>
    source.imports
      .filter((one) => isWrong(source, one))
      .map(({ line, target }) => `src/${source.path}:${line} → ${target}`),
  );
  assert.deepEqual(wrong, []);
}

function nowhere(pattern: RegExp, isMeant: (path: string) => boolean): void {
  const found = all
    .filter(({ path }) => isMeant(path))
    .flatMap(({ path, code }) =>
      code.split('\n').flatMap((text, at) => (pattern.test(text) ? [`src/${path}:${at + 1} ${text.trim()}`] : [])),
    );
  assert.deepEqual(found, []);
}
