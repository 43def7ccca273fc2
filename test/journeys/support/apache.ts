import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { replaced, snippet } from './documents.ts';

const MODULES = '/usr/lib/apache2/modules';
const NEEDED = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_openidc',
  'dir',
  'filter',
  'include',
  'mime',
];
const USER = 'www-data';

export type Apache = { stop(): Promise<void>; said(): string };

/** Apache with the document's lines, in front of pages that say who is there. */
export async function startApache(
  at: { port: number; issuer: string; origin: string },
  client: { id: string; secret: string },
): Promise<Apache> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-apache-'));
  const file = (name: string) => join(folder, name);
  for (const place of ['', 'pages', 'pages/planning', 'pages/goodbye']) {
    if (place !== '') mkdirSync(file(place));
    // Started by root, it goes on as somebody who has to read this.
    chmodSync(file(place), 0o755);
  }
  for (const place of ['', 'planning/'])
    writeFileSync(file(`pages/${place}index.shtml`), '<h1>Roster</h1><p>Hello, <!--#echo var="REMOTE_USER" -->.</p>\n');
  writeFileSync(file('pages/goodbye/index.shtml'), '<h1>Goodbye</h1>\n');
  const secrets = [
    `OIDCClientSecret "${client.secret}"`,
    `OIDCCryptoPassphrase ${randomBytes(24).toString('base64url')}`,
  ];
  writeFileSync(file('secrets.conf'), secrets.join('\n'), { mode: 0o600 });

  const documented = replaced(snippet('apache.md', 'apache', 'applications'), [
    ['https://login.example', at.issuer],
    ['https://roster.example/oidc', `${at.origin}/oidc`],
    ['https://roster.example/goodbye', `${at.origin}/goodbye`],
    ['OIDCClientID roster', `OIDCClientID ${client.id}`],
    ['/etc/apache2/secrets/nachtslot.conf', file('secrets.conf')],
  ]);
  const isRoot = process.getuid?.() === 0;
  const around = [
    `ServerRoot ${folder}`,
    'ServerName localhost',
    `Listen 127.0.0.1:${at.port}`,
    `PidFile ${file('pid')}`,
    `ErrorLog ${file('errors')}`,
    `DefaultRuntimeDir ${folder}`,
    `DocumentRoot ${file('pages')}`,
    'DirectoryIndex index.shtml',
    ...NEEDED.filter((name) => existsSync(`${MODULES}/mod_${name}.so`)).map(
      (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`,
    ),
    'TypesConfig /dev/null',
    'AddType text/html .shtml',
    'AddOutputFilter INCLUDES .shtml',
    ...(isRoot ? [`User ${USER}`, `Group ${USER}`] : []),
    `<Directory ${file('pages')}>\n  Options +Includes\n</Directory>`,
  ];
  writeFileSync(file('apache.conf'), `${around.join('\n')}\n${documented}\n`);
  return running(folder, at.port);
}

async function running(folder: string, port: number): Promise<Apache> {
  const env = { PATH: `${process.env['PATH']}:/usr/sbin` };
  const args = ['-d', folder, '-f', join(folder, 'apache.conf'), '-DFOREGROUND'];
  const child = spawn('apache2', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4_000)));
  const log = join(folder, 'errors');
  const said = () => complaint + (existsSync(log) ? readFileSync(log, 'utf8').slice(-4_000) : '');
  const ended = once(child, 'exit');
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) throw new Error(`apache2 does not listen:\n${said()}`);
    await pause(50);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { stop, said };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
