import type { Lock } from './lock.ts';
import type { Sealed } from './seal.ts';

/** An account as it is kept: nothing of it can be read without the key. */
export type Kept = { id: string; position: number; box: Sealed };

/** Under which key everything is sealed. `key` is absent while only the passkey's owner can make it again. */
export type Head = { keyId: string; key: CryptoKey | null; lock: Lock | null };

/** This phone, as it is tied to one account somewhere: the key signs and cannot be read out, the rest is sealed. */
export type KeptPhone = { id: string; key: CryptoKey; box: Sealed };

/** `notifications`: the person wants to be told of requests. */
export type Settings = { language?: string; notifications?: boolean };

export type Change = {
  head?: Head;
  put?: readonly Kept[];
  remove?: readonly string[];
  putPhones?: readonly KeptPhone[];
  removePhones?: readonly string[];
};

export type Database = {
  head(): Promise<Head | null>;
  accounts(): Promise<Kept[]>;
  phones(): Promise<KeptPhone[]>;
  /**
   * All of it or nothing. False, and nothing done, where the key is no longer `keyId`: another window has sealed
   * everything anew, and what is written under the old key could never be opened.
   */
  write(keyId: string | null, change: Change): Promise<boolean>;
  settings(): Promise<Settings>;
  keepSettings(settings: Settings): Promise<void>;
  /** Everything of this app on this device, for good. */
  forget(): Promise<void>;
};

const NAME = 'nachtslot-authenticator';

export async function openDatabase(): Promise<Database> {
  const opening = indexedDB.open(NAME, 2);
  opening.addEventListener('upgradeneeded', ({ oldVersion }) => {
    if (oldVersion < 1) {
      opening.result.createObjectStore('about');
      opening.result.createObjectStore('accounts', { keyPath: 'id' });
    }
    if (oldVersion < 2) opening.result.createObjectStore('phones', { keyPath: 'id' });
  });
  const database = await settled(opening);
  // A newer version of the app in another window wants to change the shape of what is kept: it need not wait for us.
  database.addEventListener('versionchange', () => database.close());
  const stores = (mode: IDBTransactionMode) => {
    const tx = database.transaction(['about', 'accounts', 'phones'], mode, { durability: 'strict' });
    const [about, accounts, phones] = ['about', 'accounts', 'phones'].map((name) => tx.objectStore(name));
    if (!about || !accounts || !phones) throw new Error('IndexedDB lacks a store');
    return { tx, about, accounts, phones };
  };
  return {
    head: async () => (await settled<Head | undefined>(stores('readonly').about.get('head'))) ?? null,
    accounts: async () => {
      const all = await settled<Kept[]>(stores('readonly').accounts.getAll());
      return all.sort((a, b) => a.position - b.position);
    },
    phones: () => settled<KeptPhone[]>(stores('readonly').phones.getAll()),
    write: async (keyId, { head, put = [], remove = [], putPhones = [], removePhones = [] }) => {
      const { tx, about, accounts, phones } = stores('readwrite');
      const present = await settled<Head | undefined>(about.get('head'));
      if ((present?.keyId ?? null) !== keyId) return false;
      if (head) about.put(head, 'head');
      for (const one of put) accounts.put(one);
      for (const id of remove) accounts.delete(id);
      for (const one of putPhones) phones.put(one);
      for (const id of removePhones) phones.delete(id);
      await done(tx);
      return true;
    },
    settings: async () => (await settled<Settings | undefined>(stores('readonly').about.get('settings'))) ?? {},
    keepSettings: async (settings) => {
      const { tx, about } = stores('readwrite');
      about.put(settings, 'settings');
      await done(tx);
    },
    forget: async () => {
      const { tx, about, accounts, phones } = stores('readwrite');
      about.clear();
      accounts.clear();
      phones.clear();
      await done(tx);
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
  });
}

function done(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('abort', () => reject(tx.error ?? new Error('IndexedDB gave up')));
  });
}
