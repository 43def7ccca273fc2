import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type OutputFile, stop } from 'esbuild';
import { type AppAssets, bundleApp } from './app-assets.ts';
import type { AssetLinks } from './document.tsx';
import { FAVICON } from './mark.tsx';

/** A file in memory, compressed once, when it is first asked for; the shape that `#http/static.ts` serves. */
export type AssetFile = {
  contentType: string;
  etag: string;
  body: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer> | null;
  gzip: Uint8Array<ArrayBuffer> | null;
  immutable: boolean;
};

export type Assets = {
  links: AssetLinks;
  /** By path, for instance `/static/main-3FQ2VX7B.css`. */
  files: ReadonlyMap<string, AssetFile>;
  /** What the authenticator app's own page, manifest and service worker are made of. */
  app: Pick<AppAssets, 'links' | 'icons' | 'worker'>;
};

/** Bundles styles, scripts and type at start, in memory, under names that carry a hash of what is in them. */
export async function buildAssets(): Promise<Assets> {
  const [{ outputFiles }, app] = await Promise.all([bundlePages(), bundleApp()]);
  await stop(); // the bundler is a process of its own; it would sit beside the server for good
  const built = outputFiles.map((file) => [basename(file.path), file] as const);
  const favicon = Buffer.from(FAVICON);
  const files = new Map<string, AssetFile>([
    ...[...app.files].map(([name, body]): [string, AssetFile] => [`/static/${name}`, asset(name, body)]),
    ...built.map(([name, file]): [string, AssetFile] => [`/static/${name}`, asset(name, bytesOf(file))]),
    [`/static/favicon-${hashOf(favicon).slice(0, 8)}.svg`, asset('favicon.svg', favicon)],
    ...helpPictures(),
    // Asked for by name by browsers that read no HTML, so it may change and is not kept for ever.
    ['/favicon.svg', { ...asset('favicon.svg', favicon), immutable: false }],
  ]);
  return { files, links: linksTo([...files.keys()]), app };
}

/** The pictures of the help articles, under the names that the articles know them by: `/static/help/en/enrol-scan.png`. */
function helpPictures(): [string, AssetFile][] {
  const folder = pathOf('../../help/pictures/');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.png'))
    .map((name) => {
      const body = new Uint8Array(readFileSync(`${folder}${name}`));
      return [`/static/help/${name.replaceAll(sep, '/')}`, { ...asset(name, body), immutable: false }];
    });
}

function bundlePages() {
  return build({
    entryPoints: [pathOf('./styles/main.css'), pathOf('./browser/main.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // Browsers of the last four years: people open payslips on old phones.
    target: ['chrome109', 'firefox115', 'safari15.6'],
    loader: { '.woff': 'file' },
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/static',
    outdir: '/static',
    legalComments: 'none',
  });
}

function linksTo(paths: readonly string[]): AssetLinks {
  const find = (pattern: RegExp) => {
    const path = paths.find((one) => pattern.test(one));
    if (!path) throw new Error(`The bundle lacks ${pattern}`);
    return path;
  };
  return {
    css: find(/main-.*\.css$/),
    js: find(/main-.*\.js$/),
    font: find(/latin-700-normal-.*\.woff$/),
    favicon: find(/favicon-.*\.svg$/),
  };
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
};

function asset(name: string, body: Uint8Array<ArrayBuffer>): AssetFile {
  const extension = name.split('.').at(-1) ?? '';
  const contentType = TYPES[extension];
  if (!contentType) throw new Error(`No content type for ${name}`);
  const packed = ['woff', 'png'].includes(extension); // compressed already, by their formats
  let br: AssetFile['br'] = null;
  let gzip: AssetFile['gzip'] = null;
  return {
    contentType,
    etag: `"${hashOf(body).slice(0, 16)}"`,
    body,
    // At the best quality, when somebody first asks: all of it at once would keep every start waiting.
    get br() {
      return packed ? null : (br ??= new Uint8Array(brotliCompressSync(body)));
    },
    get gzip() {
      return packed ? null : (gzip ??= new Uint8Array(gzipSync(body, { level: 9 })));
    },
    immutable: true,
  };
}

function bytesOf(file: OutputFile): Uint8Array<ArrayBuffer> {
  return new Uint8Array(file.contents);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').replaceAll(/[-_]/g, '0');
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
