import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/**
 * How the mail server behaves. `hang`: takes the message and never answers. `drop`: takes it and hangs up before it
 * says so. `mute`: takes the connection and says nothing; `slam`: closes it at once. `later` and `never`: 451 and 550 to the recipient;
 * `data-later` and `data-never`: the same after the message.
 */
export type SmtpMode =
  | 'ok'
  | 'slow'
  | 'hang'
  | 'drop'
  | 'mute'
  | 'slam'
  | 'later'
  | 'never'
  | 'data-later'
  | 'data-never';

const RECIPIENT_CODES: Partial<Record<SmtpMode, number>> = { later: 451, never: 550 };
const MESSAGE_CODES: Partial<Record<SmtpMode, number>> = { 'data-later': 451, 'data-never': 554 };

export type Delivered = { to: string[]; from: string; raw: string; mail: Email; user: string };

/** A real SMTP server on the loopback that keeps what it was given, parsed by a library we do not send with. */
export async function smtpSink(mode: SmtpMode = 'ok', login?: { user: string; password: string }) {
  const delivered: Delivered[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', ...(login ? [] : ['AUTH'])],
    authOptional: !login,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const right = username === login?.user && password === login?.password;
      done(right ? null : new Error('wrong'), right ? { user: username } : undefined);
    },
    onConnect(_session, done) {
      if (sink.mode !== 'mute') done();
    },
    onRcptTo(_address, _session, done) {
      const code = RECIPIENT_CODES[sink.mode];
      done(code ? Object.assign(new Error('no'), { responseCode: code }) : null);
    },
    onData(stream, session, done) {
      void receive(stream, session, done);
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sink.connections += 1;
    if (sink.mode === 'slam') socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => {}); // clients that hang up are part of the tests
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const sink = { mode, delivered, connections: 0, port, url: `smtp://127.0.0.1:${port}`, close };
  return sink;

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error) => void) {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString();
    const code = MESSAGE_CODES[sink.mode];
    if (code) return done(Object.assign(new Error('no'), { responseCode: code }));
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom ? mailFrom.address : '';
    const mail = await PostalMime.parse(raw);
    delivered.push({ to: rcptTo.map((one) => one.address), from, raw, mail, user: session.user ?? '' });
    if (sink.mode === 'hang') return;
    if (sink.mode === 'drop') return sockets.forEach((socket) => socket.destroy());
    if (sink.mode === 'slow') await new Promise((resolve) => setTimeout(resolve, 100));
    done();
  }

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
