import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

/** Nachtslot Authenticator (`authenticator/`), bundled: what its page links to and its service worker keeps. */
export type AppAssets = {
  links: { css: string; js: string; font: string; icon: string; touchIcon: string };
  icons: readonly AppIcon[];
  /** The text of the service worker, which names every file below and changes when one of them does. */
  worker: string;
  /** Under `/static/`, by name. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

/** For the manifest. `maskable`: the mark stays whole whatever shape a phone cuts out. */
export type AppIcon = { src: string; size: number; purpose: 'any' | 'maskable' };

const HERE = new URL('../../authenticator/', import.meta.url);

// Browsers of the last four years, as for the pages; said here, for an installed package has no tsconfig.json.
const COMMON = {
  bundle: true,
  minify: true,
  write: false,
  target: ['chrome109', 'firefox115', 'safari15.6'],
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
} as const satisfies BuildOptions;

export async function bundleApp(): Promise<AppAssets> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [pathOf('main.tsx'), pathOf('styles/authenticator.css')],
    format: 'esm',
    // The reader of QR codes is fetched where the browser has none of its own.
    splitting: true,
    loader: { '.woff': 'file' },
    entryNames: 'authenticator-[hash]',
    chunkNames: 'authenticator-part-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/static',
    outdir: '/static',
  });
  const icons = ICONS.map(([name, size, purpose]) => ({ ...icon(name), size, purpose }));
  const touch = icon('apple-touch-icon.png');
  const files = new Map([
    ...outputFiles.map(({ path, contents }) => [basename(path), new Uint8Array(contents)] as const),
    ...[...icons, touch].map(({ file, bytes }) => [file, bytes] as const),
  ]);
  const find = (pattern: RegExp) => {
    const name = [...files.keys()].find((one) => pattern.test(one));
    if (!name) throw new Error(`The bundle of the app lacks ${pattern}`);
    return `/static/${name}`;
  };
  const links = {
    css: find(/^authenticator-\w+\.css$/),
    js: find(/^authenticator-(?!part-)\w+\.js$/),
    font: find(/latin-700-normal-.*\.woff$/),
    icon: `/static/${icons[0]?.file}`,
    touchIcon: `/static/${touch.file}`,
  };
  const kept = [...files.keys()].map((name) => `/static/${name}`);
  return {
    links,
    icons: icons.map(({ file, size, purpose }) => ({ src: `/static/${file}`, size, purpose })),
    worker: await bundleWorker(kept),
    files,
  };
}

const ICONS = [
  ['icon-192.png', 192, 'any'],
  ['icon-512.png', 512, 'any'],
  ['icon-maskable-512.png', 512, 'maskable'],
] as const;

/** A classic script: module workers are younger than the browsers above. */
async function bundleWorker(files: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [pathOf('worker.ts')],
    format: 'iife',
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(hashOf(Buffer.from(files.join()))) },
  });
  return outputFiles[0]?.text ?? '';
}

function icon(name: string): { file: string; bytes: Uint8Array<ArrayBuffer> } {
  const bytes = new Uint8Array(readFileSync(pathOf(`icons/${name}`)));
  return { file: name.replace('.png', `-${hashOf(bytes)}.png`), bytes };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, HERE));
}
