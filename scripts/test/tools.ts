import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `macos` null: what it is for is tried on Linux alone. */
type Tool = { program: string; folders?: string; debian: string; macos: string | null; for: string };

/** Witnesses that are not ours: a real browser, a real database, and programs that compute codes, write and read them. */
const QUICK_TOOLS: Tool[] = [
  { program: 'oathtool', debian: 'oathtool', macos: 'oath-toolkit', for: 'codes computed by others' },
  { program: 'qrencode', debian: 'qrencode', macos: 'qrencode', for: 'QR codes written by others' },
];
const SLOW_TOOLS: Tool[] = [
  { program: 'chromium', debian: 'chromium', macos: 'chromium', for: 'journeys in a real browser' },
  { program: 'zbarimg', debian: 'zbar-tools', macos: 'zbar', for: 'QR codes read off a screenshot' },
  {
    program: 'initdb',
    folders: '/usr/lib/postgresql/*/bin',
    debian: 'postgresql',
    macos: 'postgresql',
    for: 'a real PostgreSQL server',
  },
  { program: 'nginx', folders: '/usr/sbin', debian: 'nginx', macos: 'nginx', for: 'forward-auth behind nginx' },
  { program: 'caddy', debian: 'caddy', macos: 'caddy', for: 'forward-auth behind Caddy' },
  { program: 'apache2', folders: '/usr/sbin', debian: 'apache2-bin', macos: 'httpd', for: 'an application by others' },
  {
    program: 'mod_auth_openidc.so',
    folders: '/usr/lib/apache2/modules',
    debian: 'libapache2-mod-auth-openidc',
    macos: 'mod_auth_openidc',
    for: 'the same',
  },
  { program: 'openssl', debian: 'openssl', macos: 'openssl', for: 'certificates of the proxies in tests' },
  { program: 'strace', debian: 'strace', macos: null, for: 'disks that are full, slow or broken' },
  {
    program: 'libfaketimeMT.so.1',
    folders: '/usr/lib/*/faketime',
    debian: 'libfaketime',
    macos: null,
    for: 'clocks that jump',
  },
];

/** Installs what is missing where it may; answers null when all is there, else a sentence that says what to do. */
export function missingTools(kind: 'quick' | 'all'): string | null {
  const needed = kind === 'all' ? [...QUICK_TOOLS, ...SLOW_TOOLS] : QUICK_TOOLS;
  const missing = needed.filter((tool) => !isHere(tool) && (tool.macos !== null || process.platform === 'linux'));
  if (missing.length === 0) return null;
  const packages = missing.map((tool) => tool.debian);
  if (process.getuid?.() === 0 && install(packages) && missing.every(isHere)) return null;
  return [
    'These tests need programs that are not installed here:',
    ...missing.map((tool) => `  ${tool.program} (${tool.for})`),
    `Debian and Ubuntu: apt-get install -y ${packages.join(' ')}`,
    `macOS: brew install ${missing.flatMap((tool) => tool.macos ?? []).join(' ')}`,
  ].join('\n');
}

function isHere({ program, folders }: Tool): boolean {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...(folders ? globSync(folders) : [])];
  return places.some((place) => existsSync(join(place, program)));
}

function install(packages: string[]): boolean {
  console.log(`Installing ${packages.join(', ')} (once) …`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o=Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const wanted = ['install', '-y', '--no-install-recommends', ...packages];
  // A fresh machine has no list of packages yet.
  return apt(...wanted) || (apt('update') && apt(...wanted));
}
