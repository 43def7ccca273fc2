import type { CodeForm, Entry, Names } from '../codes/entry.ts';
import { codeKey } from '../codes/totp.ts';
import type { Database, Head, Kept } from './database.ts';
import { keptPhone, openPhones, type Phone } from './phones.ts';
import { type Lock, makePasskey, NotShown, showPasskey, unwrapKey, wrapNewKey, wrappingKey } from './lock.ts';
import { makeKey, open, seal } from './seal.ts';

/** An account as the screen has it: it computes codes, and its secret cannot be read out of it. */
export type Account = Names & CodeForm & { id: string; key: CryptoKey };

/** Another window has turned the lock: what this one knows no longer holds. */
export class Overtaken extends Error {}

export type Vault = {
  /** Closed by a passkey; nothing else works until it is opened. */
  isLocked(): boolean;
  lock(): Lock['kind'] | null;
  accounts(): Promise<Account[]>;
  /** With their secrets: for the export, and to see what is here already. */
  entries(): Promise<(Entry & { id: string })[]>;
  add(entries: readonly Entry[]): Promise<string[]>;
  /** Gives an account another secret, and keeps its place. */
  replace(id: string, entry: Entry): Promise<void>;
  rename(id: string, names: Names): Promise<void>;
  order(ids: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
  /** Ties this phone to an account: its key, and the codes that come with it, in one go. Answers the codes' id. */
  pair(phone: Phone, entry: Entry): Promise<string>;
  phones(): Promise<Phone[]>;
  /** The other side does not know it any more. */
  unpair(id: string): Promise<void>;
  /** Asks for the passkey. Throws `NotShown`. */
  unlock(): Promise<void>;
  /** Forgets the key in memory. */
  close(): void;
  /** Makes a passkey and closes everything with it; answers how much that is worth. Throws `NotShown`. */
  turnOn(passkeyName: string): Promise<Lock['kind']>;
  turnOff(): Promise<void>;
  forget(): Promise<void>;
  /** False: another window turned the lock, and only a fresh start helps. */
  isCurrent(): Promise<boolean>;
};

/** The accounts of this device, sealed. `changed` tells other windows of the same browser. */
export async function openVault(database: Database, changed: () => void = () => {}): Promise<Vault> {
  let head = (await database.head()) ?? (await firstHead(database));
  let key = head.lock ? null : head.key;

  const open_ = () => {
    if (!key) throw new Error('The vault is locked');
    return key;
  };
  const write = async (...[keyId, change]: Parameters<Database['write']>) => {
    if (!(await database.write(keyId, change))) throw new Overtaken();
    changed();
  };
  const entries = async () => {
    const all = await database.accounts();
    return Promise.all(all.map(async ({ id, box }) => ({ ...(await open(open_(), id, box)), id })));
  };
  const sealed = async (id: string, position: number, entry: Entry): Promise<Kept> => {
    return { id, position, box: await seal(open_(), id, entry) };
  };
  const change = async (id: string, to: (before: Entry) => Entry) => {
    const before = (await database.accounts()).find((one) => one.id === id);
    if (!before) throw new Overtaken();
    const { id: _, ...entry } = { ...to(await open(open_(), id, before.box)), id };
    await write(head.keyId, { put: [await sealed(id, before.position, entry)] });
  };
  /** Everything again, under another key, in one go. */
  const reseal = async (to: Head, with_: CryptoKey) => {
    const all = await database.accounts();
    const put = await Promise.all(
      all.map(async ({ id, position, box }) => ({
        id,
        position,
        box: await seal(with_, id, await open(open_(), id, box)),
      })),
    );
    const phones = await openPhones(await database.phones(), open_());
    const putPhones = await Promise.all(phones.map((one) => keptPhone(one, with_)));
    await write(head.keyId, { head: to, put, putPhones });
    head = to;
    key = with_;
  };

  return {
    isLocked: () => key === null,
    lock: () => head.lock?.kind ?? null,
    accounts: async () =>
      Promise.all(
        (await entries()).map(async ({ secret, ...rest }) => ({ ...rest, key: await codeKey(secret, rest) })),
      ),
    entries,
    add: async (added) => {
      const last = (await database.accounts()).at(-1)?.position ?? 0;
      const put = await Promise.all(added.map((one, at) => sealed(crypto.randomUUID(), last + 1 + at, one)));
      await write(head.keyId, { put });
      return put.map(({ id }) => id);
    },
    replace: (id, entry) => change(id, () => entry),
    rename: (id, names) => change(id, (before) => ({ ...before, ...names })),
    order: async (ids) => {
      const all = await database.accounts();
      const put = all.map((one) => ({ ...one, position: ids.indexOf(one.id) + 1 || all.length + 1 }));
      await write(head.keyId, { put });
    },
    remove: (id) => write(head.keyId, { remove: [id] }),
    pair: async (phone, entry) => {
      const last = (await database.accounts()).at(-1)?.position ?? 0;
      const kept = await sealed(crypto.randomUUID(), last + 1, entry);
      await write(head.keyId, { put: [kept], putPhones: [await keptPhone(phone, open_())] });
      return kept.id;
    },
    phones: async () => (key ? openPhones(await database.phones(), key) : []),
    unpair: (id) => write(head.keyId, { removePhones: [id] }),
    unlock: async () => {
      head = (await database.head()) ?? head;
      const { lock } = head;
      if (!lock) return void (key = head.key);
      const output = await showPasskey(lock.credential, lock.kind === 'sealed' ? lock.salt : undefined);
      if (lock.kind === 'screen') key = head.key;
      else if (output) key = await unwrapKey(await wrappingKey(output), lock.wrapped);
      else throw new NotShown('no output');
    },
    close: () => {
      if (head.lock) key = null;
    },
    turnOn: async (passkeyName) => {
      const { credential, salt, output } = await makePasskey(passkeyName);
      if (!output) {
        const next: Head = { ...head, lock: { kind: 'screen', credential } };
        await write(head.keyId, { head: next });
        head = next;
        return 'screen';
      }
      const { key: fresh, wrapped } = await wrapNewKey(await wrappingKey(output));
      const keyId = crypto.randomUUID();
      await reseal({ keyId, key: null, lock: { kind: 'sealed', credential, salt, wrapped } }, fresh);
      return 'sealed';
    },
    turnOff: async () => {
      const fresh = await makeKey();
      await reseal({ keyId: crypto.randomUUID(), key: fresh, lock: null }, fresh);
    },
    isCurrent: async () => {
      const present = await database.head();
      return present?.keyId === head.keyId && present.lock?.kind === head.lock?.kind;
    },
    forget: async () => {
      await database.forget();
      head = await firstHead(database);
      key = head.key;
      changed();
    },
  };
}

/** The first time on this device. Two windows may try at once: one wins, and both take what it wrote. */
async function firstHead(database: Database): Promise<Head> {
  const key = await makeKey();
  await database.write(null, { head: { keyId: crypto.randomUUID(), key, lock: null } });
  const head = await database.head();
  if (!head) throw new Error('IndexedDB keeps nothing');
  return head;
}
