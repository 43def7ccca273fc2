import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sources } from './architecture/sources.ts';

// The authenticator app runs in browsers and holds secrets: what gets into it is a short list.
const FROM_OUTSIDE: Record<string, RegExp> = {
  preact: /\.tsx$|^state\//,
  'preact/hooks': /\.tsx$|^state\//,
  jsqr: /^seeing\/qr\.ts$/,
  'authenticators/totp/base32.ts': /^(reading|keeping)\//,
  // What is signed, as both sides write it.
  'authenticators/app/statement.ts': /^pairing\//,
};
/** Parts of pages that are a function of their properties, and need no document round them. */
const PARTS = ['icon', 'mark', 'leaf', 'notice', 'disclosure', 'field'].map((name) => `ui/${name}.tsx`);

/** Who may import whom below `authenticator/`, besides their own folder. */
const ARROWS: Record<string, string[]> = {
  codes: [],
  reading: ['codes', 'keeping/base64.ts'],
  seeing: [],
  keeping: ['codes', 'reading'],
  words: [],
  pairing: ['codes', 'keeping', 'reading'],
  notifying: ['keeping', 'pairing', 'worker-scope.ts'],
  state: ['codes', 'keeping', 'notifying', 'pairing', 'reading', 'seeing', 'words'],
  parts: ['state', 'codes', 'keeping', 'words'],
  screens: ['parts', 'state', 'codes', 'keeping', 'pairing', 'reading', 'seeing', 'words'],
  'app.tsx': ['screens', 'state'],
  'main.tsx': ['app.tsx', 'screens', 'state', 'keeping', 'words'],
  'worker.ts': ['worker-scope.ts', 'notifying'],
  'worker-scope.ts': [],
};

const all = sources('authenticator');

test('the app imports what is on the list, along its arrows', () => {
  const wrong = all.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => !isAllowed(path, target))
      .map(({ line, target }) => `authenticator/${path}:${line} → ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('nothing in the app writes HTML, runs text, or sends anything anywhere', () => {
  const pattern =
    /innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|\beval\(|new Function|\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|localStorage/;
  const found = all
    // The worker fetches the app itself; the clock is compared with the server's; a paired phone talks to the server.
    .filter(({ path }) => path !== 'worker.ts' && path !== 'state/drift.ts' && path !== 'pairing/server.ts')
    .flatMap(({ path, code }) =>
      code.split('\n').flatMap((text, at) => (pattern.test(text) ? [`authenticator/${path}:${at + 1}`] : [])),
    );
  assert.deepEqual(found, []);
});

test('its files are small: half below 80 lines, none above 200', () => {
  const sizes = all.map(({ lines }) => lines).sort((a, b) => a - b);
  assert.ok((sizes[Math.floor(sizes.length / 2)] ?? 0) < 80, String(sizes));
  assert.deepEqual(
    all.filter(({ path, lines }) => lines > 200 && !path.startsWith('words/')).map(({ path, lines }) => [path, lines]),
    [],
  );
});

function isAllowed(path: string, target: string): boolean {
  if (PARTS.includes(target)) return path.endsWith('.tsx');
  const outside = FROM_OUTSIDE[target];
  if (outside) return outside.test(path);
  const home = path.split('/')[0] ?? '';
  const to = target.split('/')[0] ?? '';
  return to === home || (ARROWS[home] ?? []).some((arrow) => target === arrow || to === arrow);
}
