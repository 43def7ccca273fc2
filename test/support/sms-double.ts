import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the provider behaves: `hang` takes the message and never answers, `drop` takes it and hangs up. */
export type SmsMode = 'ok' | 'slow' | 'hang' | 'drop' | { status: number };

export type Received = { provider: string; to: string; text: string; reference: string };

/**
 * A local double of every text-message provider, each in its own protocol and strict: wrong credentials, content type
 * or fields are refused as the real one would refuse them, so that a green test means a request the real one takes.
 */
export async function smsDouble(mode: SmsMode = 'ok') {
  const received: Received[] = [];
  const refusals: string[] = [];
  const double = { mode, received, refusals, moved: 0, endpoint: '', close };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const asked = { request, path: request.url ?? '', body: Buffer.concat(chunks).toString() };
    const { mode } = double;
    if (asked.path === '/moved') double.moved += 1;
    if (typeof mode === 'object')
      return void response.writeHead(mode.status, { location: '/moved' }).end(`no: ${asked.body}`);
    const answer = answerTo(asked);
    if ('refusal' in answer) {
      refusals.push(answer.refusal);
      return void response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    }
    received.push(answer.received);
    if (mode === 'hang') return;
    if (mode === 'drop') return void request.socket.destroy();
    if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const CREDENTIALS = {
  twilio: { sid: 'AC0123456789abcdef0123456789abcdef', token: 'twilio-token' },
  bird: {
    key: 'bird-key',
    workspace: 'a1405560-c8d3-4b1a-877d-3f449ad95352',
    channel: 'b2405560-c8d3-4b1a-877d-3f449ad95352',
  },
  vonage: { key: 'vonagekey', secret: 'vonage-secret' },
  cm: { token: '00000000-0000-4000-8000-000000000001' },
  sns: { access: 'AKIAEXAMPLE', secret: 'sns/secret+key', region: 'eu-west-1' },
  webhook: { secret: 'webhook-secret' },
};

type Asked = { request: IncomingMessage; path: string; body: string };
type Answer =
  | { status: number; type: string; body: string; received: Received }
  | { status: number; body: string; refusal: string };

function answerTo(asked: Asked): Answer {
  if (asked.request.method !== 'POST') return refuse(405, 'method');
  if (asked.path.startsWith('/2010-04-01/')) return twilio(asked);
  if (asked.path.startsWith('/workspaces/')) return bird(asked);
  if (asked.path === '/v1/messages') return vonage(asked);
  if (asked.path === '/v1.0/message') return cm(asked);
  if (asked.path === '/') return sns(asked);
  if (asked.path === '/hook?tenant=1') return webhook(asked);
  return refuse(404, `path ${asked.path}`);
}

function twilio({ request, path, body }: Asked): Answer {
  const { sid, token } = CREDENTIALS.twilio;
  if (path !== `/2010-04-01/Accounts/${sid}/Messages.json`) return refuse(404, 'twilio path', 20404);
  if (request.headers.authorization !== basic(sid, token)) return refuse(401, 'twilio credentials', 20003);
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') return refuse(400, 'twilio type');
  const form = new URLSearchParams(body);
  const to = form.get('To') ?? '';
  const text = form.get('Body') ?? '';
  if (!isE164(to)) return refuse(400, 'twilio To', 21211);
  if (!isE164(form.get('From') ?? '') && !form.has('MessagingServiceSid')) return refuse(400, 'twilio From', 21212);
  if (!text) return refuse(400, 'twilio Body', 21602);
  return accept(201, { sid: 'SM1', status: 'queued' }, { provider: 'twilio', to, text, reference: '' });
}

function bird({ request, path, body }: Asked): Answer {
  const { key, workspace, channel } = CREDENTIALS.bird;
  if (path !== `/workspaces/${workspace}/channels/${channel}/messages`) return refuse(404, 'bird path');
  if (request.headers.authorization !== `AccessKey ${key}`) return refuse(401, 'bird credentials');
  const json = jsonOf(request, body);
  const contact = at(json, 'receiver', 'contacts', 0);
  const to = text(contact, 'identifierValue');
  if (text(contact, 'identifierKey') !== 'phonenumber' || !isE164(to)) return refuse(422, 'bird receiver');
  const said = text(json, 'body', 'text', 'text');
  if (text(json, 'body', 'type') !== 'text' || !said) return refuse(422, 'bird body');
  return accept(202, { id: 'bird-1' }, { provider: 'bird', to, text: said, reference: text(json, 'reference') });
}

function vonage({ request, body }: Asked): Answer {
  const { key, secret } = CREDENTIALS.vonage;
  if (request.headers.authorization !== basic(key, secret)) return refuse(401, 'vonage credentials');
  const json = jsonOf(request, body);
  const to = text(json, 'to');
  if (!/^[1-9]\d{6,14}$/.test(to)) return refuse(422, 'vonage to');
  if (text(json, 'channel') !== 'sms' || text(json, 'message_type') !== 'text') return refuse(422, 'vonage channel');
  if (!text(json, 'from') || text(json, 'from').startsWith('+')) return refuse(422, 'vonage from');
  const said = text(json, 'text');
  if (!said || said.length > 1000) return refuse(422, 'vonage text');
  const reference = text(json, 'client_ref');
  return accept(202, { message_uuid: 'vonage-1' }, { provider: 'vonage', to: `+${to}`, text: said, reference });
}

function cm({ request, body }: Asked): Answer {
  if (request.headers['x-cm-producttoken'] !== CREDENTIALS.cm.token) return refuse(400, 'cm token', 101);
  const json = jsonOf(request, body);
  const message = at(json, 'messages', 'msg', 0);
  const number = text(message, 'to', 0, 'number');
  const said = text(message, 'body', 'content');
  const reference = text(message, 'reference');
  const isRight =
    /^00[1-9]\d{6,14}$/.test(number) &&
    text(message, 'body', 'type') === 'auto' &&
    text(message, 'from') &&
    at(message, 'allowedChannels', 0) === 'SMS' &&
    /^[A-Za-z0-9]{1,32}$/.test(reference);
  if (!isRight) return refuse(400, 'cm message', 201);
  // The real one answers 200 when it takes the request and rejects the message in it.
  const rejected = number.endsWith('999');
  const status = rejected ? 'Rejected' : 'Accepted';
  const messages = [{ to: number, status, reference, parts: 1, messageDetails: null, messageErrorCode: 0 }];
  const answer = { details: 'Created 1 message(s)', errorCode: 0, messages };
  return accept(200, answer, { provider: 'cm', to: number.replace(/^00/, '+'), text: said, reference });
}

function sns({ request, body }: Asked): Answer {
  const { access, secret, region } = CREDENTIALS.sns;
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return refuse(400, 'sns type');
  const wrong = signatureProblem(request, body, { access, secret, region, service: 'sns' });
  if (wrong) return { ...refuse(403, `sns ${wrong}`), body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
  const form = new URLSearchParams(body);
  const to = form.get('PhoneNumber') ?? '';
  const said = form.get('Message') ?? '';
  if (form.get('Action') !== 'Publish' || form.get('Version') !== '2010-03-31') return refuse(400, 'sns action');
  if (!isE164(to) || !said) return refuse(400, 'sns fields');
  if (form.get('MessageAttributes.entry.1.Value.StringValue') !== 'Transactional') return refuse(400, 'sns kind');
  const xml = '<PublishResponse><PublishResult><MessageId>sns-1</MessageId></PublishResult></PublishResponse>';
  return { status: 200, type: 'text/xml', body: xml, received: { provider: 'sns', to, text: said, reference: '' } };
}

/** AWS Signature Version 4, worked out here from its description rather than with the library under test. */
function signatureProblem(
  request: IncomingMessage,
  body: string,
  own: { access: string; secret: string; region: string; service: string },
): string | null {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, access, scope = '', signedHeaders = '', signature] = pattern.exec(request.headers.authorization ?? '') ?? [];
  const stamp = String(request.headers['x-amz-date'] ?? '');
  const day = stamp.slice(0, 8);
  if (access !== own.access) return 'credentials';
  if (scope !== `${day}/${own.region}/${own.service}/aws4_request`) return 'scope';
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return 'signed headers';
  const sha = (value: string) => createHash('sha256').update(value).digest('hex');
  const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest();
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const canonical = ['POST', '/', '', headers, signedHeaders, sha(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha(canonical)].join('\n');
  const key = ['aws4_request'].reduce(hmac, hmac(hmac(hmac(`AWS4${own.secret}`, day), own.region), own.service));
  return hmac(key, toSign).toString('hex') === signature ? null : 'signature';
}

function webhook({ request, body }: Asked): Answer {
  const id = String(request.headers['webhook-id']);
  const stamp = String(request.headers['webhook-timestamp']);
  const mac = createHmac('sha256', CREDENTIALS.webhook.secret).update(`${id}.${stamp}.${body}`).digest('base64');
  if (request.headers['webhook-signature'] !== `v1,${mac}`) return refuse(401, 'webhook signature');
  const json = jsonOf(request, body);
  if (text(json, 'id') !== id) return refuse(400, 'webhook id');
  const received = { provider: 'webhook', to: text(json, 'to'), text: text(json, 'text'), reference: id };
  return accept(200, {}, received);
}

function accept(status: number, body: object, received: Received): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body), received };
}

function refuse(status: number, refusal: string, code = 1000) {
  return { status, refusal, body: JSON.stringify({ code, errorCode: code, message: `refused: ${refusal}` }) };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}

function jsonOf(request: IncomingMessage, body: string): unknown {
  if (request.headers['content-type'] !== 'application/json') return null;
  const json: unknown = JSON.parse(body);
  return json;
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  let found = value;
  for (const step of path) found = typeof found === 'object' && found ? Reflect.get(found, step) : undefined;
  return found;
}

function text(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
