import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { replaced, snippet } from './documents.ts';

/** Where things listen that the documents put at fixed ports. */
export type Ports = { tls: number; nachtslot: number; application: number };

export type Proxy = { name: string; stop(): Promise<void> };

/** nginx with the documents' two servers, under a certificate of our own making. */
export async function startNginx({ tls, nachtslot, application }: Ports): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-nginx-'));
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=example.org', '-addext', 'subjectAltName=DNS:*.example.org'];
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...how, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const here = [
    ['listen 443 ssl', `listen 127.0.0.1:${tls} ssl`],
    [/\/etc\/letsencrypt\/live\/[\w.]+\/fullchain.pem/, certificate],
    [/\/etc\/letsencrypt\/live\/[\w.]+\/privkey.pem/, key],
    ['127.0.0.1:3000', `127.0.0.1:${nachtslot}`],
  ] as const;
  const [login = ''] = snippet('reverse-proxy.md', 'nginx').split(/^server \{\n {2}listen 80;/m);
  const servers = [
    // `http2 on` is newer than the nginx of Debian 12.
    replaced(login, [...here, ['server_name login.example;', 'server_name login.example.org;'], ['  http2 on;\n', '']]),
    replaced(snippet('forward-auth.md', 'nginx'), [...here, ['127.0.0.1:8080', `127.0.0.1:${application}`]]),
  ];
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (one) => `${one}_temp_path ${folder}/${one};`,
  );
  const config = join(folder, 'nginx.conf');
  const http = ['access_log off;', ...temporary, ...servers].join('\n');
  writeFileSync(config, `daemon off; pid ${folder}/pid; error_log stderr warn; events {}\nhttp {\n${http}\n}\n`);
  return running('nginx', ['-p', folder, '-c', config, '-e', 'stderr'], folder, tls);
}

/** Caddy with the documents' two sites; its certificates come from itself and not from elsewhere. */
export async function startCaddy({ tls, nachtslot, application }: Ports): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-caddy-'));
  const sites = [
    replaced(snippet('reverse-proxy.md', 'caddy'), [
      ['login.example ', 'login.example.org '],
      ['127.0.0.1:3000', `127.0.0.1:${nachtslot}`],
    ]),
    replaced(snippet('forward-auth.md', 'caddy'), [
      ['127.0.0.1:3000', `127.0.0.1:${nachtslot}`],
      ['127.0.0.1:8080', `127.0.0.1:${application}`],
    ]),
  ];
  const own = ['admin off', 'local_certs', 'skip_install_trust', 'auto_https disable_redirects'];
  const config = join(folder, 'Caddyfile');
  writeFileSync(
    config,
    `{\n${[...own, `https_port ${tls}`, 'default_bind 127.0.0.1'].join('\n')}\n}\n${sites.join('\n')}`,
  );
  return running('caddy', ['run', '--adapter', 'caddyfile', '--config', config], folder, tls);
}

async function running(name: string, args: string[], folder: string, port: number): Promise<Proxy> {
  // Debian keeps servers where only root looks.
  const env = {
    PATH: `${process.env['PATH']}:/usr/sbin`,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  const child = spawn(name, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4_000)));
  const ended = once(child, 'exit');
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (child.exitCode !== null || tries > 200) throw new Error(`${name} does not listen:\n${said}`);
    await pause(50);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { name, stop };
}

/** It listens, and has a certificate for both names: Caddy makes them after it has begun to listen. */
async function answers(port: number): Promise<boolean> {
  const asked = ['login.example.org', 'app.example.org'].map((host) => get(port, host, '/.nachtslot/nothing'));
  const answered = await Promise.allSettled(asked);
  return answered.every(({ status }) => status === 'fulfilled');
}

/** An application that knows no sign-in: it shows what it was sent. */
export async function startApplication(): Promise<{ port: number; stop(): void }> {
  const server = createServer(({ url, rawHeaders }, response) => {
    const names = rawHeaders.filter((_, index) => index % 2 === 0);
    const told = names.flatMap((name, index) =>
      /^remote[-_]/i.test(name) ? [`${name}=${rawHeaders[2 * index + 1]}`] : [],
    );
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<title>Roster</title><h1>Roster</h1><p id=at>${url}</p><pre>${told.join('\n')}</pre>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, stop: () => void server.close() };
}

export async function freePort(): Promise<number> {
  const probe = createSocket();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

export type Got = { status: number; location: string | null; text: string };

/** One request to the proxy, as nobody in particular. The path goes out as it is written. */
export function get(tls: number, host: string, path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port: tls, servername: host, rejectUnauthorized: false, agent: false } as const;
    request({ ...to, path, headers: { host, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? null, text }),
      );
    })
      .on('error', reject)
      .end();
  });
}
