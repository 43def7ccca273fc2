import { createHmac, randomUUID } from 'node:crypto';
import type { HashCost } from '#authenticators/peppered-hash.ts';
import { Secret } from '#core/secret.ts';
import type { MailTransport, PushTransport, SmsTransport } from '#outbox/transport.ts';
import { assemble, type Nachtslot } from '#src/main.ts';
import type { Keys } from '#store/keys.ts';
import type { Account, CampaignRow, Organisation, Role } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { type Assets, buildAssets } from '#ui/assets.ts';
import { Jar } from './jar.ts';
import { memoryStore, testKeys } from './store.ts';

/** Argon2id as cheap as it gets: tests are about what follows from a hash, not about its cost. */
export const CHEAP: HashCost = { memoryKiB: 8, passes: 1, lanes: 1 };

export type Sent = { channel: 'mail' | 'sms'; to: string; subject: string; text: string; links: string[] };

/** A whole program in one process, with a clock that moves and a mailbox that is read. */
export type Rig = Nachtslot & {
  store: Store;
  keys: Keys;
  /** Moves what policies see. */
  advance(duration: Temporal.DurationLike | string): void;
  now(): Temporal.Instant;
  /** What hangs on the wall; moves with `advance` unless told otherwise. */
  wall(): Temporal.Instant;
  setWall(at: Temporal.Instant | null): void;
  /** Sends what is due and answers everything that was sent so far, newest first. */
  messages(to?: string): Promise<Sent[]>;
  /** A browser of its own. */
  browser(options?: { userAgent?: string; language?: string }): Jar;
  organisation(row?: Partial<Organisation>): Promise<Organisation>;
  campaign(row: Partial<CampaignRow> & { organisation: string }): Promise<CampaignRow>;
  person(options?: PersonOptions): Promise<Person>;
};

export type PersonOptions = {
  name?: string;
  email?: string;
  password?: string;
  organisations?: Organisation[];
  role?: Role;
  language?: 'en' | 'nl';
  status?: Account['status'];
  enrolled?: boolean;
  /** E.164. */
  phone?: string;
  confirmed?: boolean;
  firstSignInAt?: Temporal.Instant | null;
  /** Confirmed addresses besides the first. */
  others?: { address: string; confirmedAt: Temporal.Instant }[];
};

export type Person = {
  id: string;
  email: string;
  password: string;
  totp: Uint8Array | null;
  backupCode: string | null;
  /** The code of the app at this moment of the wall clock, some steps away if asked. */
  code(stepsAway?: number): string;
};

export const START = Temporal.Instant.from('2026-03-02T12:00:00Z');
export const PASSWORD = 'quiet harbour lamp seventeen';
let assets: Promise<Assets> | undefined;

export async function rig(
  options: {
    publicUrl?: string;
    store?: Store;
    keys?: Keys;
    start?: Temporal.Instant;
    withSms?: boolean;
    /** Where notifications go; without it there are none. */
    push?: PushTransport;
    /** The wall shows the real time, as applications and libraries see it; `advance` moves policies alone. */
    realTime?: boolean;
    /** For tests about what a hash costs. */
    hashing?: HashCost;
    /** See `http/evenly.ts`; no test waits that is not about waiting. */
    evenMs?: number;
    /** Reverse proxies whose word counts. */
    trustedProxies?: string[];
  } = {},
): Promise<Rig> {
  let moved = options.start ?? START;
  let wallFixed: Temporal.Instant | null = null;
  const began = Temporal.Now.instant();
  if (options.realTime) moved = began;
  const now = () => (options.realTime ? moved.add(began.until(Temporal.Now.instant())) : moved);
  const clock = {
    now,
    wall: () => wallFixed ?? (options.realTime ? Temporal.Now.instant() : moved),
    livedMs: () => now().epochMilliseconds,
  };
  const keys = options.keys ?? testKeys;
  const store = options.store ?? (await memoryStore({ now, keys }));
  const sent: Sent[] = [];
  const mail: MailTransport = {
    send: async (message) => {
      sent.unshift(toSent('mail', message.to, message.subject, message.text));
      return { ok: true, reference: '' };
    },
  };
  const sms: SmsTransport = {
    send: async (message) => {
      sent.unshift(toSent('sms', message.to, '', message.text));
      return { ok: true, reference: '' };
    },
  };
  const publicUrl = new URL(options.publicUrl ?? 'https://id.example.test');
  const nachtslot = await assemble({
    store,
    keys,
    publicUrl,
    clock,
    transports: { mail, sms: options.withSms === false ? null : sms, push: options.push ?? null },
    trustedProxies: options.trustedProxies ?? [],
    evenMs: options.evenMs ?? 0,
    log: { info() {}, warn() {}, error: (fields, sentence) => console.error(sentence, fields) },
    hashing: options.hashing ?? CHEAP,
    assets: await (assets ??= buildAssets()),
  });

  const self: Rig = {
    ...nachtslot,
    store,
    keys,
    now,
    wall: clock.wall,
    setWall: (at) => {
      wallFixed = at;
    },
    advance: (duration) => {
      const length = typeof duration === 'string' ? Temporal.Duration.from(duration) : Temporal.Duration.from(duration);
      moved = moved.add({ milliseconds: length.total({ unit: 'milliseconds', relativeTo: '2026-01-01' }) });
    },
    messages: async (to) => {
      await nachtslot.outbox.deliverDue();
      return sent.filter((one) => !to || one.to === to);
    },
    browser: (wish) => new Jar(nachtslot.app, publicUrl, wish),
    organisation: async (row = {}) => {
      const organisation: Organisation = {
        id: randomUUID(),
        slug: `org-${randomUUID().slice(0, 8)}`,
        name: 'Harbour Freight',
        language: 'en',
        timeZone: 'Europe/London',
        policy: {},
        helpContact: 'people@harbour.example',
        colour: '',
        createdAt: now(),
        ...row,
      };
      await store.transaction((tx) => tx.organisations.create(organisation));
      return organisation;
    },
    campaign: async (row) => {
      const campaign: CampaignRow = {
        id: randomUUID(),
        name: 'Two steps',
        startsOn: Temporal.PlainDate.from('2026-02-01'),
        deadline: Temporal.PlainDate.from('2026-06-30'),
        status: 'running',
        createdAt: now(),
        ...row,
      };
      await store.transaction((tx) => tx.campaigns.create(campaign));
      return campaign;
    },
    person: (wish = {}) => person(self, wish),
  };
  return self;
}

async function person(self: Rig, wish: PersonOptions): Promise<Person> {
  const { store, deps } = self;
  const id = randomUUID();
  const email = wish.email ?? `${id.slice(0, 8)}@harbour.example`;
  const password = wish.password ?? PASSWORD;
  const now = self.now();
  const hash = await deps.types.password.toStored(password);
  if ('refusal' in hash) throw new Error(hash.refusal);
  const totp = wish.enrolled ? crypto.getRandomValues(new Uint8Array(20)) : null;
  const backup = wish.enrolled ? deps.types.backupCode.make() : null;
  const backupStored = backup ? await deps.types.backupCode.toStored(backup) : null;
  const row = {
    account: id,
    label: '',
    hint: '',
    boundAt: now,
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    boundBy: '',
  };
  await store.transaction(async (tx) => {
    await tx.accounts.create(
      {
        id,
        name: wish.name ?? 'Grace Hooper',
        language: wish.language ?? 'en',
        status: wish.status ?? 'active',
        securityEpoch: 0,
        firstSignInAt: wish.firstSignInAt === undefined ? now : wish.firstSignInAt,
        createdAt: now,
      },
      [
        { account: id, address: email, primary: true, confirmedAt: wish.confirmed === false ? null : now },
        ...(wish.others ?? []).map((one) => ({ account: id, primary: false, ...one })),
      ],
    );
    for (const { id: organisation } of wish.organisations ?? [])
      await tx.accounts.join({ account: id, organisation, role: wish.role ?? 'member', joinedAt: now });
    await tx.authenticators.bind({ ...row, id: randomUUID(), type: 'password', secret: hash.secret });
    if (totp)
      await tx.authenticators.bind({
        ...row,
        id: randomUUID(),
        type: 'totp',
        label: 'Harbour, Mar 2026',
        secret: new Secret(totp),
      });
    if (backupStored && !('refusal' in backupStored))
      await tx.authenticators.bind({
        ...row,
        id: randomUUID(),
        type: 'backup-code',
        hint: backupStored.hint,
        secret: backupStored.secret,
      });
    if (wish.phone)
      await tx.authenticators.bind({
        ...row,
        id: randomUUID(),
        type: 'sms',
        hint: wish.phone.slice(-3),
        secret: new Secret(new TextEncoder().encode(wish.phone)),
      });
  });
  return {
    id,
    email,
    password,
    totp,
    backupCode: backup?.reveal() ?? null,
    code: (stepsAway = 0) => codeAt(totp ?? new Uint8Array(), self.wall(), stepsAway),
  };
}

/** A witness of its own, written from RFC 6238 and not from the product's code. */
export function codeAt(secret: Uint8Array, at: Temporal.Instant, stepsAway = 0): string {
  const step = Math.floor(at.epochMilliseconds / 30_000) + stepsAway;
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = (digest[19] ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function toSent(channel: Sent['channel'], to: string, subject: string, text: string): Sent {
  return { channel, to, subject, text, links: text.match(/https?:\/\/\S+/g) ?? [] };
}
